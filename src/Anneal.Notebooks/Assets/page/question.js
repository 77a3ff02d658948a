// Asks a question: draws it, judges the answer, says why, and keeps that it was answered. Lessons' quizzes and the review page share it.
const questions = (() => {
    "use strict";
    const draw = values => {
        const width = 150, height = 56, low = Math.min(...values), span = Math.max(...values) - low || 1;
        const points = values.map((value, i) => `${(4 + i / (values.length - 1) * (width - 8)).toFixed(1)},${(height - 5 - (value - low) / span * (height - 10)).toFixed(1)}`);
        const space = "http://www.w3.org/2000/svg", svg = document.createElementNS(space, "svg"), line = document.createElementNS(space, "polyline");
        svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
        svg.setAttribute("aria-hidden", "true");
        line.setAttribute("points", points.join(" "));
        svg.append(line);
        return svg;
    };

    // Each kind: its controls, whether something is answered, whether it is right and what to say, and how to lock it.
    const kinds = {
        choice: (question, name) => {
            const options = question.options.map((option, i) => {
                const input = make("input", { type: "radio", name, id: `${name}-${i}`, value: String(i) });
                return { option, input, row: make("label", { className: "option", htmlFor: input.id }, input, ...(option.curve ? [draw(option.curve)] : []), make("span", {}, option.text)) };
            });
            const chosen = () => options.find(({ input }) => input.checked);
            return {
                element: make("div", { className: options.some(({ option }) => option.curve) ? "options curves" : "options" }, ...options.map(({ row }) => row)),
                missing: () => chosen() ? "" : "Choose one.",
                judge: () => {
                    for (const { option, row, input } of options) row.classList.toggle("right", option.right === true && input.checked);
                    const { option, row } = chosen();
                    row.classList.toggle("wrong", !option.right);
                    return { right: option.right === true, text: option.right ? "" : option.feedback };
                },
                reveal: () => { for (const { option, row } of options) row.classList.toggle("right", option.right === true); },
                inputs: options.map(({ input }) => input),
            };
        },
        number: (question, name) => {
            const fields = question.parts.map((part, i) => {
                const input = make("input", { type: "text", id: `${name}-${i}`, autocomplete: "off", spellcheck: false });
                return { part, input, row: make("div", { className: "row" }, make("label", { htmlFor: input.id }, part.label), input) };
            });
            return {
                element: make("div", {}, ...fields.map(({ row }) => row)),
                missing: () => fields.every(({ input }) => Number.isFinite(numbers.value(input.value))) ? "" : "Write a number, such as 0.0017, 2/3, 33 % or 10^-8.",
                judge: () => {
                    const verdicts = fields.map(({ part, input }) => {
                        const verdict = numbers.judge(input.value, part, "Not right.");
                        input.classList.toggle("right", verdict.right);
                        input.setAttribute("aria-invalid", String(!verdict.right));
                        return { ...verdict, label: part.label };
                    });
                    const wrong = verdicts.filter(({ right }) => !right);
                    return { right: wrong.length === 0, text: wrong.map(({ label, text }) => fields.length > 1 ? `${label}: ${text}` : text).join(" ") };
                },
                reveal: () => { },
                answer: () => question.parts.map(part => `${part.label}: ${Number(part.value.toPrecision(5))}`).join(", ") + ".",
                inputs: fields.map(({ input }) => input),
            };
        },
        order: (question, name) => {
            let places = [...question.shown];
            const list = make("ol", { className: "order" });
            const buttons = [];
            const show = (focus, up) => {
                buttons.length = 0;
                list.replaceChildren(...places.map((item, i) => {
                    const button = (label, step, off) => {
                        const move = make("button", { type: "button", textContent: label, disabled: off });
                        move.setAttribute("aria-label", `Move ${step < 0 ? "up" : "down"}: ${question.items[item]}`);
                        move.addEventListener("click", () => {
                            [places[i], places[i + step]] = [places[i + step], places[i]];
                            show(i + step, step < 0);
                        });
                        buttons.push(move);
                        return move;
                    };
                    return make("li", {}, button("↑", -1, i === 0), button("↓", 1, i === places.length - 1), make("span", {}, question.items[item]));
                }));
                if (focus !== undefined) {
                    const [first, second] = list.children[focus].querySelectorAll("button");
                    (up ? (first.disabled ? second : first) : (second.disabled ? first : second)).focus();
                }
            };
            show();
            return {
                element: list,
                missing: () => "",
                judge: () => {
                    const first = places.findIndex((item, i) => item !== i);
                    return { right: first < 0, text: first < 0 ? "" : `Place ${first + 1} is the first that is wrong.` };
                },
                reveal: () => { places = question.items.map((_, i) => i); show(); },
                get inputs() { return buttons; },
            };
        },
        formula: (question, name) => {
            const selects = question.gaps.map((gap, i) => {
                const select = make("select", { id: `${name}-${i}` }, make("option", { value: "", textContent: "…" }), ...gap.map((option, k) => make("option", { value: String(k), textContent: option.text })));
                select.setAttribute("aria-label", `Gap ${i + 1}`);
                return select;
            });
            const parts = question.formula.split(/\{(\d)\}/).map((part, i) => i % 2 ? selects[Number(part)] : part);
            return {
                element: make("p", { className: "gaps" }, ...parts),
                missing: () => selects.every(select => select.value !== "") ? "" : "Fill every gap.",
                judge: () => {
                    const wrong = question.gaps.map((gap, i) => gap[Number(selects[i].value)]).filter((option, i) => {
                        selects[i].setAttribute("aria-invalid", String(!option.right));
                        return !option.right;
                    });
                    return { right: wrong.length === 0, text: wrong.map(option => `${option.text}: ${option.feedback}`).join(" ") };
                },
                reveal: () => { question.gaps.forEach((gap, i) => { selects[i].value = String(gap.findIndex(option => option.right)); selects[i].removeAttribute("aria-invalid"); }); },
                inputs: selects,
            };
        },
    };
    kinds.flaw = kinds.picture = kinds.choice;

    const isQuiz = quiz => typeof quiz?.lesson === "string" && Array.isArray(quiz.items)
        && quiz.items.every(item => typeof item.id === "string" && kinds[item.kind] && Array.isArray(item.variants) && item.variants.length > 0);
    const read = text => {
        try {
            const quiz = JSON.parse(text);
            return isQuiz(quiz) ? quiz : null;
        } catch { return null; }
    };

    // Asks it in the box. `tried` are the answers given so far: each time it is the next variant. `answered` is told when there is an answer;
    // `more` is the button that then appears: its words and what it does.
    const ask = (box, key, item, name, { tried, answered, more }) => {
        const variant = tried.length % item.variants.length, question = item.variants[variant], control = kinds[item.kind](question, name);
        const status = make("p", { className: "feedback" });
        status.setAttribute("role", "status");
        const check = make("button", { type: "submit", textContent: "Answer" }), again = make("button", { type: "button", className: "reset", textContent: more.text, hidden: true });
        const form = make("form", { className: "answers", noValidate: true }, make("fieldset", {}, make("legend", {}, question.text), control.element), make("div", { className: "actions" }, check, again), status);
        const before = tried.at(-1);
        if (before) form.append(make("p", { className: "before", textContent: `Last time: ${before.right ? "right" : "not right"}, ${new Date(before.at).toLocaleDateString(document.documentElement.lang || undefined)}.` }));
        form.addEventListener("submit", event => {
            event.preventDefault();
            const missing = control.missing();
            if (missing) { status.textContent = missing; return; }
            const { right, text } = control.judge(), answer = kept.add(key, variant, right);
            if (!right) control.reveal();
            const reason = `${!right && control.answer ? `It is ${control.answer()} ` : ""}${question.why}`;
            status.replaceChildren(make("strong", {}, right ? "Right." : "Not right."), ` ${[text, reason].filter(Boolean).join(" ")}`,
                ...(answer.kept ? [] : [" This browser could not keep the answer: its storage is full or switched off. “Save my answers” writes a file."]));
            status.classList.add(right ? "right" : "wrong");
            for (const input of control.inputs) input.disabled = true;
            check.hidden = true;
            again.hidden = false;
            answered(right);
        });
        again.addEventListener("click", () => more.act());
        box.replaceChildren(form);
    };

    return { isQuiz, read, ask };
})();
