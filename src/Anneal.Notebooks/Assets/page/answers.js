(() => {
    "use strict";
    const make = (name, properties = {}, ...children) => {
        const element = Object.assign(document.createElement(name), properties);
        element.append(...children);
        return element;
    };

    // 0.00172, 1,72e-3, −5, 3/4 and 25 % are numbers; anything else is not.
    const number = plain => {
        const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:\/(\d+\.?\d*))?(%?)$/i.exec(plain);
        return match ? Number(match[1]) / Number(match[2] ?? 1) / (match[3] ? 100 : 1) : NaN;
    };
    // A comma may stand for the decimal point or part the thousands: 1,382 can be read both ways, and the reading that fits counts.
    const readings = text => {
        const plain = text.trim().replaceAll("−", "-").replaceAll(/\s/g, "");
        const whole = plain.replaceAll(/(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])/g, group => group.replaceAll(",", ""));
        return [plain.replaceAll(/(?<=\d),(?=\d)/g, "."), whole].map(number).filter(value => !Number.isNaN(value));
    };
    const near = (values, target) => values.some(value => Math.abs(value - target.value) <= target.tolerance);

    // The answers come from an output of a cell: a box that cannot be read stays the text it is, and the others work.
    const read = box => {
        try {
            const exercise = JSON.parse(box.dataset.answer);
            return exercise.answers.every(answer => typeof answer.value === "number" && (answer.hints ?? []).every(hint => typeof hint.value === "number")) ? exercise : null;
        } catch {
            return null;
        }
    };

    Document.prototype.querySelectorAll.call(document, ".answer-box[data-answer]").forEach((box, n) => {
        const exercise = read(box);
        if (!exercise) return;
        const rows = exercise.answers.map((answer, i) => {
            const id = `answer-${n}-${i}`;
            const input = make("input", { id, type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false });
            const verdict = make("p", { className: "verdict", id: `${id}-verdict` });
            input.setAttribute("aria-describedby", verdict.id);
            input.addEventListener("input", () => {
                input.classList.remove("right");
                input.removeAttribute("aria-invalid");
                verdict.textContent = "";
                status.textContent = "";
            });
            const label = make("label", { htmlFor: id }, answer.label);
            return { answer, input, verdict, element: make("div", { className: "row" }, label, input, verdict) };
        });
        const status = make("p");
        status.setAttribute("role", "status");

        const judge = ({ answer, input, verdict }) => {
            const values = readings(input.value);
            const right = near(values, answer);
            const text = right ? "Right."
                : input.value.trim() === "" ? "Not answered yet."
                : values.length === 0 ? "Write a number, such as 0.0017 or 1.7e-3."
                : (answer.hints ?? []).find(hint => near(values, hint))?.text ?? exercise.wrong ?? "Not right yet.";
            verdict.textContent = text;
            verdict.className = right ? "verdict right" : "verdict wrong";
            input.classList.toggle("right", right);
            input.setAttribute("aria-invalid", String(!right));
            return right;
        };

        const form = make("form", { className: "answers", noValidate: true },
            make("fieldset", {}, make("legend", { className: "prompt" }, exercise.prompt), ...rows.map(row => row.element)),
            make("button", { type: "submit" }, "Check"), status);
        form.addEventListener("submit", event => {
            event.preventDefault();
            const right = rows.map(judge).filter(Boolean).length;
            const solved = right === rows.length;
            status.textContent = solved ? exercise.right ?? "All right." : rows.length > 1 ? `${right} of ${rows.length} right.` : "";
            status.className = solved ? "right" : "";
            if (!solved) rows.find(row => !row.input.classList.contains("right")).input.focus();
        });
        box.replaceWith(form);
    });
})();
