// Numbers as people type them, and what to say to them. This file knows no page, so that tests can run it alone.
const numbers = (() => {
    "use strict";
    const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", plain = "0123456789-+";

    const tidy = text => text.trim()
        .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+/g, power => `^${[...power].map(c => plain[raised.indexOf(c)]).join("")}`)
        .replace(/[−–]/g, "-").replace(/[·×⋅∙]/g, "*").replace(/(\d)\s*x\s*(?=\d)/gi, "$1*").replace(/\*\*/g, "^").replace(/:/g, "/")
        .replace(/½/g, "(1/2)").replace(/¼/g, "(1/4)").replace(/¾/g, "(3/4)").replace(/⅓/g, "(1/3)").replace(/⅔/g, "(2/3)")
        .replace(/≈|=|~/g, "").replace(/\s/g, "");

    // + and −, then · and /, then signs, powers, per cent; 2π and 3√2 are products.
    const value = text => {
        let at = 0;
        const eat = pattern => {
            const match = pattern.exec(text.slice(at));
            if (match) at += match[0].length;
            return match?.[0];
        };
        const sum = () => {
            let total = product();
            for (let sign; (sign = eat(/^[+-]/));) total += sign === "+" ? product() : -product();
            return total;
        };
        const product = () => {
            let total = signed();
            for (let sign; ;)
                if ((sign = eat(/^[*/]/))) total = sign === "*" ? total * signed() : total / signed();
                else if (/^(?:π|pi|√|sqrt|\()/i.test(text.slice(at))) total *= power();
                else return total;
        };
        const signed = () => eat(/^-/) ? -signed() : eat(/^\+/) ? signed() : power();
        const power = () => {
            let base = single();
            if (eat(/^\^/)) base **= signed();
            while (eat(/^%/)) base /= 100;
            return base;
        };
        const single = () => {
            const digits = eat(/^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i);
            if (digits) return Number(digits);
            if (eat(/^(?:π|pi)/i)) return Math.PI;
            if (eat(/^(?:√|sqrt)/i)) return Math.sqrt(single());
            if (eat(/^e/)) return Math.E;
            if (!eat(/^\(/)) return NaN;
            const inside = sum();
            return eat(/^\)/) ? inside : NaN;
        };
        const total = sum();
        return at === text.length ? total : NaN;
    };

    // What the last digit is worth: 0.01 for 1.25, 1e-5 for 1.2e-4; NaN for anything but plain digits.
    const unit = text => {
        const match = /^[+-]?\d*(?:\.(\d*))?(?:e([+-]?\d+)|\*10\^\(?([+-]?\d+)\)?)?(%?)$/i.exec(text);
        return match && /\d/.test(text) ? 10 ** (Number(match[2] ?? match[3] ?? 0) - (match[1]?.length ?? 0) - (match[4] ? 2 : 0)) : NaN;
    };

    // A comma may stand for the decimal point or part the thousands: 1,382 can be read both ways, and the reading that fits counts.
    const readings = text => {
        const typed = tidy(text);
        const whole = typed.replace(/(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])/g, group => group.replaceAll(",", ""));
        return [...new Set([typed.replace(/(?<=\d),(?=\d)/g, "."), whole])]
            .map(reading => ({ value: value(reading), unit: unit(reading) }))
            .filter(reading => Number.isFinite(reading.value));
    };

    const near = (read, target) => read.some(({ value }) => Math.abs(value - target.value) <= target.tolerance);

    // A right value that was rounded or cut too early.
    const rounded = ({ value, unit }, expected) => {
        const apart = Math.abs(value - expected), cut = Math.abs(value) < Math.abs(expected);
        return value !== 0 && unit > 0 && apart <= (cut ? 1 : 0.5) * unit * (1 + 1e-9) && apart <= 0.05 * Math.abs(expected);
    };

    const decimals = tolerance => Math.max(0, Math.ceil(-Math.log10(2.0001 * tolerance)));

    const judge = (text, answer, otherwise = "Not right yet.") => {
        const read = readings(text);
        if (near(read, answer)) return { right: true, text: "Right." };
        if (text.trim() === "") return { right: false, text: "Not answered yet." };
        if (read.length === 0) return { right: false, text: "Write a number, such as 0.0017, 1.7e-3, 2/3, 33 %, π/2, √10 or 10^-8." };
        const hint = (answer.hints ?? []).find(hint => near(read, hint));
        if (hint) return { right: false, text: hint.text };
        if (read.some(reading => rounded(reading, answer.value))) {
            const places = decimals(answer.tolerance);
            return { right: false, text: `Right as far as it goes, but give more digits${places > 0 && places < 9 ? `: ${places} after the point` : ""}.` };
        }
        return { right: false, text: otherwise };
    };

    // The results of a program, however its language prints a list.
    const list = text => {
        let parts = text.replace(/[[\](){}"']/g, " ").split(/[\s;|]+/).filter(Boolean);
        if (parts.length === 1) parts = parts[0].split(",");
        return parts.map(part => part.replace(/,$/, "")).map(part =>
            /^[+-]?nan$/i.test(part) ? { value: NaN, unit: NaN } : /^[+-]?inf(inity)?$/i.test(part) ? { value: Infinity, unit: NaN } : readings(part)[0]).filter(Boolean);
    };

    const fewestDigits = 3;
    const judgeProgram = (text, exercise) => {
        const { expected, step, firstStep, slips } = exercise;
        const typed = list(text).slice(0, expected.length);
        if (typed.length === 0) return { right: false, text: `Paste the first ${expected.length} results, one number per ${step}.` };
        const scale = Math.max(...expected.map(Math.abs));
        const same = (read, target) => Math.abs(read.value - target) <= Math.max(1e-9 * scale, 0.5001 * (read.value === 0 ? 0 : read.unit || 0));
        const fits = (found, targets) => found.length > 0 && found.length <= targets.length && found.every((read, i) => same(read, targets[i]));
        const vague = typed.findIndex((read, i) => expected[i] !== 0 && read.unit * 10 ** (fewestDigits - 1) > Math.abs(expected[i]) * 1.0001 && Math.abs(read.value - expected[i]) > 1e-9 * scale);
        const wrong = typed.findIndex((read, i) => !same(read, expected[i]));
        if (wrong < 0 && vague >= 0) return { right: false, text: `Right as far as they go, but give at least ${fewestDigits} digits of each number.` };
        if (wrong < 0 && typed.length < expected.length)
            return { right: false, text: `${typed.length === 1 ? "This number is" : `These ${typed.length} are`} right. Give ${expected.length} to be sure.` };
        if (wrong < 0) return { right: true, text: exercise.right };
        const shown = number => Number.isFinite(number)
            ? String(Number(number.toPrecision(6))).replace(/(^-?)(?:1(?=e)|([\d.]+))(?:e\+?(-?\d+))?$/, (_, sign, mantissa, power) =>
                `${sign && "−"}${mantissa ?? ""}${power && mantissa ? "·" : ""}${power ? `10${[...power].map(c => raised[plain.indexOf(c)]).join("")}` : ""}`)
            : "no finite number";
        const first = `${step[0].toUpperCase()}${step.slice(1)} ${firstStep + wrong} is the first that differs: yours is ${shown(typed[wrong].value)}, expected ${shown(expected[wrong])}.`;
        const whole = slips.filter(slip => fits(typed, slip.values));
        const start = slips.filter(slip => fits(typed.slice(0, wrong + 1), slip.values));
        const turned = typed.map(({ value, unit }) => ({ value: -value, unit }));
        const ratio = typed[0].value / expected[0];
        const cause = whole.length > 0 ? whole[0].text
            : typed.some(({ value }) => !Number.isFinite(value)) ? "Look for a division by 0, the root of a negative number, or steps that grow without limit."
            : typed.length > 2 && fits(typed.slice(1), expected) ? `Everything comes one ${step} too late: the start, or the ${step} before, is printed first.`
            : typed.length > 2 && fits(typed.slice(0, -1), expected.slice(1)) ? `Everything comes one ${step} too early: the first ${step} is left out.`
            : typed.length > 2 && fits(turned, expected) ? "Every number has the wrong sign: the weight moves against the gradient."
            : typed.length > 2 && Number.isFinite(ratio) && ratio !== 0 && fits(typed.map(({ value, unit }) => ({ value: value / ratio, unit: unit / Math.abs(ratio) })), expected)
                ? `Every number is ${shown(ratio)} times the one expected: a constant factor is missing or one too many.`
            : start.length === 1 ? `The usual cause: ${start[0].text}`
            : exercise.wrong;
        return { right: false, text: `${first} ${cause}` };
    };

    return { value: text => readings(text)[0]?.value ?? NaN, readings, judge, list, judgeProgram };
})();
