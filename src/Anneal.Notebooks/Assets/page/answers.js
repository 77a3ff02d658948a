(() => {
    "use strict";

    // Answers stay in this browser. Some browsers share what they store between all files, so the page's own name is part of the key.
    const page = decodeURIComponent(location.pathname.split("/").pop() || "index");
    const store = {
        read: key => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
        write: (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* Not kept where storage is forbidden. */ } },
        remove: key => { try { localStorage.removeItem(key); } catch { /* Nothing was kept. */ } },
    };

    const boxes = [];
    const score = Document.prototype.getElementById.call(document, "score");
    const showScore = () => {
        const solved = boxes.filter(box => box.solved).length;
        if (score) score.textContent = `${solved} of ${boxes.length} solved`;
    };

    // A form with fields and a way to judge them; what was typed and whether it was judged is kept.
    const form = (box, n, prompt, fields, judge) => {
        const key = `answers/${page}/${box.closest("[data-exercise]")?.dataset.exercise ?? n}`;
        const status = make("p");
        status.setAttribute("role", "status");
        const state = { solved: false };
        const reset = make("button", { type: "button", className: "reset", textContent: "Reset", hidden: true });
        const run = () => {
            const { solved, text } = judge();
            state.solved = solved;
            status.textContent = text;
            status.className = solved ? "right" : "";
            showScore();
            return solved;
        };
        const keep = judged => {
            const values = fields.map(field => field.input.value);
            const any = values.some(value => value !== "");
            reset.hidden = !any;
            if (any) store.write(key, { values, judged }); else store.remove(key);
        };
        const clear = () => {
            for (const field of fields) {
                field.input.value = "";
                field.forget();
            }
            status.textContent = "";
            status.className = "";
            state.solved = false;
            keep(false);
            showScore();
        };
        for (const field of fields)
            field.input.addEventListener("input", () => {
                field.forget();
                status.textContent = "";
                state.solved = false;
                keep(false);
                showScore();
            });
        reset.addEventListener("click", () => { clear(); fields[0].input.focus(); });
        const element = make("form", { className: "answers", noValidate: true },
            make("fieldset", {}, make("legend", { className: "prompt" }, prompt), ...fields.map(field => field.element)),
            make("div", { className: "actions" }, make("button", { type: "submit" }, "Check"), reset), status);
        element.addEventListener("submit", event => {
            event.preventDefault();
            const solved = run();
            keep(true);
            if (!solved) (fields.find(field => !field.input.classList.contains("right")) ?? fields[0]).input.focus();
        });
        boxes.push(Object.assign(state, { clear }));
        const kept = store.read(key);
        if (Array.isArray(kept?.values) && kept.values.length === fields.length) {
            fields.forEach((field, i) => { field.input.value = String(kept.values[i]); });
            keep(kept.judged === true);
            if (kept.judged === true) run();
        }
        box.replaceWith(element);
    };

    const mark = (input, right) => {
        input.classList.toggle("right", right);
        input.setAttribute("aria-invalid", String(!right));
    };

    // The answers come from an output of a cell: a box that cannot be read stays the text it is, and the others work.
    const isNumber = value => typeof value === "number";
    const read = (text, isGood) => {
        try {
            const exercise = JSON.parse(text);
            return isGood(exercise) ? exercise : null;
        } catch {
            return null;
        }
    };

    const numberBox = (box, n) => {
        const exercise = read(box.dataset.answer, ({ answers }) => answers.every(answer => isNumber(answer.value) && (answer.hints ?? []).every(hint => isNumber(hint.value))));
        if (!exercise) return;
        const fields = exercise.answers.map((answer, i) => {
            const id = `answer-${n}-${i}`;
            const input = make("input", { id, type: "text", autocomplete: "off", spellcheck: false });
            const verdict = make("p", { className: "verdict", id: `${id}-verdict` });
            input.setAttribute("aria-describedby", verdict.id);
            const forget = () => {
                input.classList.remove("right");
                input.removeAttribute("aria-invalid");
                verdict.textContent = "";
            };
            const judge = () => {
                const { right, text } = numbers.judge(input.value, answer, exercise.wrong);
                verdict.textContent = text;
                verdict.className = right ? "verdict right" : "verdict wrong";
                mark(input, right);
                return right;
            };
            return { input, judge, forget, element: make("div", { className: "row" }, make("label", { htmlFor: id }, answer.label), input, verdict) };
        });
        form(box, n, exercise.prompt, fields, () => {
            const right = fields.map(field => field.judge()).filter(Boolean).length;
            const solved = right === fields.length;
            return { solved, text: solved ? exercise.right ?? "All right." : fields.length > 1 ? `${right} of ${fields.length} right.` : "" };
        });
    };

    const programBox = (box, n) => {
        const exercise = read(box.dataset.program, ({ expected, slips, step }) => expected.length > 0 && expected.every(isNumber) && slips.every(slip => slip.values.every(isNumber)) && step.length > 0);
        if (!exercise) return;
        const id = `answer-${n}`, count = exercise.expected.length;
        const input = make("textarea", { id, rows: 2, autocomplete: "off", spellcheck: false });
        const label = make("label", { htmlFor: id }, `The first ${count} results of your program, in any language`);
        const forget = () => { input.classList.remove("right"); input.removeAttribute("aria-invalid"); };
        form(box, n, exercise.prompt, [{ input, forget, element: make("div", { className: "program" }, label, input) }], () => {
            const { right, text } = numbers.judgeProgram(input.value, exercise);
            mark(input, right);
            return { solved: right, text };
        });
    };

    Document.prototype.querySelectorAll.call(document, ".answer-box[data-answer], .answer-box[data-program]").forEach((box, n) =>
        (box.dataset.program ? programBox : numberBox)(box, n));
    showScore();
    if (boxes.length > 0) {
        const all = make("button", { type: "button", className: "reset-all", textContent: "Reset all answers on this page" });
        all.addEventListener("click", () => { for (const box of boxes) box.clear(); });
        Document.prototype.querySelector.call(document, "main").append(all);
    }
})();
