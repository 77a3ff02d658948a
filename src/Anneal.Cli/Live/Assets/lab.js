// The lab's schedules: listens to the page and draws what the library answers.
(() => {
    "use strict";
    const { anneal, annealChart: { draw, colours, plain, sample, sketch, svg } } = window;
    const { byId, h, later, copy, link, pasted, save, say, questions, offers, isIn, keep, kept } = window.annealLab;
    const most = 4, first = "warmup(3e-4, 500) > cosine(3e-4, 9500, floor: 3e-5)";

    const table = (head, rows) => h("table", {},
        h("thead", {}, h("tr", {}, ...head.map(text => h("th", { scope: "col" }, text)))),
        h("tbody", {}, ...rows.map(cells => h("tr", {}, ...cells.map(cell => h("td", {}, cell))))));
    const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };
    const number = input => input.value.trim() === "" || !Number.isFinite(Number(input.value)) ? null : Number(input.value);

    // What is shown: up to four schedules in notation, and how. All of it is in the address.
    const state = { schedules: [first], active: 0, to: null, tokens: null, xLog: false, yLog: false, at: null, cross: null, as: "notation", which: 0 };
    const answers = []; // what the library says of each; the last answer that could be read stays on the chart while something is typed
    const entries = [];
    let chart = null;

    // Signs that an address may carry as they are stay readable.
    const encode = text => encodeURIComponent(text).replace(/%(2C|3A|5B|5D|28|29)/g, decodeURIComponent);
    const decode = text => { try { return decodeURIComponent(text); } catch { return text; } };
    const written = () => [
        ...state.schedules.map(notation => `schedule=${encode(notation)}`),
        state.to === null ? null : `to=${state.to}`,
        state.tokens === null ? null : `tokens=${state.tokens}`,
        state.cross === null ? null : `cross=${state.cross}`,
        state.at ? `at=${state.at}` : null,
        state.xLog ? "x=log" : null, state.yLog ? "y=log" : null,
        state.as === "notation" ? null : `as=${state.as}`,
        byId("export-which").value === "foreign" ? "which=pasted" : Number(byId("export-which").value) > 0 ? `which=${Number(byId("export-which").value) + 1}` : null,
        paste.written(),
    ].filter(part => part !== null).join("&");
    let shown = "";
    const write = () => { shown = keep("schedules", written()); };
    const remember = later(300, write);
    const paste = pasted(byId("foreign"), byId("foreign-said"), "pasted", () => { if (chart) remember(); });
    /** The members of an address of schedules. Some have other parts too, so an address that names another part is not ours. */
    const members = ["schedule", "to", "tokens", "cross", "at", "x", "y", "as", "which", "pasted"];
    const isOurs = () => isIn("schedule") || (!["race", "advice"].some(word => isIn(word)) && members.some(word => isIn(word)));
    const isNotation = text => { try { anneal.rates(text, []); return true; } catch { return false; } };
    const fromAddress = (address = location.hash) => {
        if (address === "") return;
        const parts = address.slice(1).split("&").map(part => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]);
        const all = name => parts.filter(part => part[0] === name).map(part => decode(part[1]));
        const one = name => { const [text] = all(name); return text !== undefined && text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null; };
        // A form writes a space as a plus sign, and a plus sign otherwise; people write one as it is, and then the text can be read so.
        const given = parts.filter(part => part[0] === "schedule").slice(0, most).map(([, text]) => decode(text.includes("+") && !isNotation(decode(text)) ? text.replaceAll("+", " ") : text));
        Object.assign(state, {
            schedules: given.length ? given : [first], active: 0, xLog: all("x")[0] === "log", yLog: all("y")[0] === "log",
            to: one("to") >= 1 ? one("to") : null, tokens: one("tokens") > 0 ? one("tokens") : null, cross: one("cross") > 0 ? one("cross") : null,
            at: one("at") > 0 ? Math.min(one("at"), 2 ** 53) : null, as: Object.hasOwn(targets, all("as")[0] ?? "") ? all("as")[0] : "notation",
            pasted: parts.find(([name]) => name === "pasted")?.[1], isPastedChosen: all("which")[0] === "pasted",
            which: Number.isInteger(one("which")) && one("which") >= 1 && one("which") <= Math.max(1, given.length) ? one("which") - 1 : 0,
        });
    };

    // One schedule: its notation, what is wrong with it, and its numbers as sliders.
    const entry = index => {
        const text = h("textarea", { rows: 1, spellcheck: false, "aria-label": `Schedule ${index + 1}`, "aria-describedby": `caret-${index}`, autocapitalize: "off" });
        const caret = h("pre", { className: "caret", id: `caret-${index}`, role: "status" });
        const told = h("span", { role: "status" }), time = h("span", { "aria-hidden": "true" }), halt = h("button", { type: "button" }), waiting = h("p", { className: "waiting", hidden: true }, told, time, halt);
        const sliders = h("div", { className: "sliders" }), box = h("details", { open: index === 0, hidden: true }, h("summary", {}, "Sliders"), sliders);
        const remove = h("button", { type: "button", "aria-label": `Remove schedule ${index + 1}` }, "Remove");
        const element = h("div", { className: "entry" }, h("div", { className: "head" }, sample(index), `Schedule ${index + 1}`, remove), text, caret, waiting, box);
        element.style.setProperty("--mine", `var(--line-${index + 1})`);
        const known = [];
        let placed = ""; // the text in which the sliders' numbers have their places
        text.addEventListener("input", () => { state.schedules[index] = text.value; ask(index); });
        element.addEventListener("focusin", () => { state.active = index; showActive(); offered(); });
        remove.addEventListener("click", () => {
            const which = Number(byId("export-which").value); // not a number for what was just read
            state.schedules.splice(index, 1);
            leaveBeside(...answers.splice(index, 1));
            state.active = 0;
            rebuild(which === index ? 0 : which > index ? which - 1 : undefined);
            byId("add").focus();
        });

        halt.addEventListener("click", () => giveUpOrAskAgain(index));
        /** Says that the answer is waited for, or why it is not. */
        const wait = look => {
            if (!look && document.activeElement === halt) text.focus();
            waiting.hidden = !look;
            if (!look) return;
            put(told, look.fault ?? (look.isWaiting() ? "It is looked at next." : "Looking at it…"));
            time.textContent = look.fault === undefined ? ` ${Math.round((performance.now() - look.began) / 1000)} s` : "";
            put(halt, look.fault === undefined ? "Stop" : "Look at it");
            halt.setAttribute("aria-label", look.fault === undefined ? `Stop looking at schedule ${index + 1}` : `Look at it: schedule ${index + 1}`);
            halt.hidden = look.fault === undefined && !look.canStop;
        };

        // A slider keeps its ends while it is moved, and the others follow the places of their numbers.
        const show = list => {
            placed = state.schedules[index];
            if (list.length === known.length && list.every((s, i) => s.name === known[i].name && s.of === known[i].of)) {
                list.forEach((s, i) => known[i].follow(s));
                return;
            }
            known.length = 0;
            sliders.replaceChildren(...list.map((given, i) => {
                let now;
                const steps = 1000, input = h("input", { type: "range", min: 0, max: given.whole ? given.max - given.min : steps, step: 1 }), output = h("output");
                const up = value => given.logarithmic ? steps * Math.log(value / given.min) / Math.log(given.max / given.min)
                    : given.whole ? value - given.min : steps * (value - given.min) / (given.max - given.min);
                const down = place => given.logarithmic ? Number((given.min * (given.max / given.min) ** (place / steps)).toPrecision(3))
                    : given.whole ? round(given.min + place) : Number((given.min + (given.max - given.min) * place / steps).toPrecision(4));
                // Keys move a whole number by 1. A pointer cannot aim so well: what it drags is as round as a pixel is worth, 20,000 and not 20,163.
                let isDragged = false;
                input.addEventListener("pointerdown", () => { isDragged = true; });
                input.addEventListener("keydown", () => { isDragged = false; });
                const round = value => {
                    const worth = (given.max - given.min) / Math.max(1, input.clientWidth);
                    if (!isDragged || worth <= 1) return value;
                    const power = 10 ** Math.floor(Math.log10(worth)), grid = power * [1, 2, 5, 10].find(m => m * power >= worth);
                    return Math.min(given.max, Math.max(given.min, grid * Math.round(value / grid)));
                };
                const follow = s => {
                    now = { ...s };
                    if (document.activeElement !== input) input.value = up(s.value);
                    output.textContent = plain(s.value, 9);
                    input.setAttribute("aria-valuetext", plain(s.value, 9));
                };
                input.addEventListener("input", () => {
                    const before = state.schedules[index], written = String(down(Number(input.value)));
                    if (before !== placed) return; // another text is being looked at
                    const { start, length } = now;
                    placed = state.schedules[index] = text.value = before.slice(0, start) + written + before.slice(start + length);
                    // The answer may take its time, and the slider goes on.
                    now.length = written.length;
                    for (const other of known) other.move(start, written.length - length);
                    ask(index);
                });
                const move = (after, by) => { if (now.start > after) now.start += by; };
                known[i] = { name: given.name, of: given.of, follow, move };
                follow(given);
                return h("label", {}, h("span", {}, `${given.of} ${given.name}`), input, output);
            }));
            box.hidden = list.length === 0;
        };
        return { element, text, caret, remove, show, wait };
    };

    // Which schedule the gallery and an import put theirs in place of.
    const showActive = () => {
        const several = state.schedules.length > 1;
        entries.forEach((one, i) => one.element.classList.toggle("active", several && i === state.active));
        byId("chosen").textContent = several ? `A click puts it in place of schedule ${state.active + 1}, as long and as high as schedule ${neighbour() + 1}.` : "A click puts it in place of the schedule.";
    };
    const neighbour = () => state.active === 0 ? 1 : state.active - 1;

    const rebuild = (which = byId("export-which").value) => {
        entries.length = 0;
        answers.length = Math.min(answers.length, state.schedules.length); // each stays on the chart until it is answered again
        state.schedules.forEach((notation, i) => {
            entries[i] = entry(i);
            entries[i].text.value = notation;
            entries[i].remove.hidden = state.schedules.length === 1;
        });
        byId("entries").replaceChildren(...entries.map(e => e.element));
        byId("add").disabled = state.schedules.length === most;
        for (const [id, value] of [["to", state.to], ["tokens", state.tokens]]) byId(id).value = value ?? "";
        byId("x-log").checked = state.xLog;
        byId("y-log").checked = state.yLog;
        byId("export-target").value = state.as;
        byId("export-which").replaceChildren(...state.schedules.map((_, i) => h("option", { value: i }, String(i + 1))));
        showForeign();
        byId("export-which").value = which; // what was to be taken along still is
        if (byId("export-which").selectedIndex < 0) byId("export-which").selectedIndex = 0;
        showActive();
        state.schedules.forEach((_, i) => consult(i));
        show();
    };

    const span = () => state.to ?? undefined;
    // What takes long is looked at on another thread, one question at a time: of what is typed meanwhile only the last counts.
    const looked = new Map(); // the last answers: a schedule that moves to another place is not asked for again
    const looks = new Map(); // what is being looked at or was given up, by what it is
    const lookOf = index => `${state.schedules[index]} ${span()}`;
    const consult = index => {
        const notation = state.schedules[index], of = lookOf(index);
        for (const [other, { leave }] of looks) {
            if (state.schedules.some((_, i) => lookOf(i) === other)) continue;
            leave();
            looks.delete(other);
        }
        if (anneal.isQuick(notation, span())) settle(index, anneal.look(notation, span()), true);
        else if (looked.has(of)) settle(index, looked.get(of), false);
        else {
            if (!looks.has(of)) look(notation, of);
            if (answers[index]?.bound?.of !== of) leaveBeside(answers[index]);
            const { error, ...before } = answers[index] ?? {};
            answers[index] = { ...before, isPast: true };
            entries[index].caret.textContent = "";
            entries[index].text.setAttribute("aria-invalid", "false");
            entries[index].wait(looks.get(of));
        }
    };
    const look = (notation, of) => {
        const { answer, stop, leave, isWaiting } = questions.ask(0, "Look", notation, span() ?? NaN);
        const one = { stop, leave, isWaiting, began: performance.now(), canStop: true, fault: undefined };
        looks.set(of, one);
        const still = work => value => { if (looks.get(of) === one) work(value); };
        questions.areApart.then(isApart => { one.canStop = isApart; });
        answer.then(JSON.parse).then(found => {
            looked.set(of, found);
            if (looked.size > 2 * most) looked.delete(looked.keys().next().value);
            return found;
        }).then(still(found => {
            looks.delete(of);
            each(of, i => settle(i, found, false));
            show();
        }), still(fault => {
            one.fault = fault.message === "Stopped." ? "It was not looked at to the end." : fault.message;
            each(of, i => entries[i].wait(one));
        }));
        tick();
    };
    const giveUpOrAskAgain = index => {
        const of = lookOf(index), one = looks.get(of);
        if (!one) return;
        if (one.fault === undefined) one.stop();
        else {
            looks.delete(of);
            each(of, consult);
        }
    };
    // How long it has taken already.
    const tick = later(500, () => {
        state.schedules.forEach((_, i) => { if (looks.has(lookOf(i))) entries[i].wait(looks.get(lookOf(i))); });
        if ([...looks.values()].some(({ fault }) => fault === undefined)) tick();
    });
    /** Does something for every schedule that is this one. */
    const each = (of, work) => state.schedules.forEach((_, i) => { if (lookOf(i) === of) work(i); });
    /** Nobody waits any more for what else was asked about a schedule; should it come back, it is asked anew. */
    const leaveBeside = answer => {
        if (answer?.crossed?.leave) {
            answer.crossed.leave();
            answer.crossed = uncrossed();
        }
        if (answer?.bound?.leave) {
            answer.bound.leave();
            answer.bound = unbound(answer.bound.of);
        }
    };
    const uncrossed = () => ({ rate: null, text: "" }), unbound = of => ({ of, asked: false, text: "…", reason: "" });
    const settle = (index, answer, isQuick) => {
        const { text, caret, wait } = entries[index];
        wait(null);
        caret.textContent = answer.error ?? "";
        // What is wider than its box can be scrolled by keyboard.
        if (caret.scrollWidth > caret.clientWidth + 1) caret.tabIndex = 0;
        else caret.removeAttribute("tabindex");
        text.setAttribute("aria-invalid", String(answer.error !== undefined));
        if (answer.error !== undefined) {
            answers[index] = { ...answers[index], error: answer.error, isPast: false };
            return;
        }
        // A schedule that is read again has the same bound and crosses the same rate as long as its text and the length are the same.
        const of = lookOf(index), before = answers[index], isSame = before?.bound?.of === of;
        if (!isSame) leaveBeside(before);
        answers[index] = { ...answer, source: state.schedules[index], isQuick, crossed: isSame ? before.crossed : uncrossed(), bound: isSame ? before.bound : unbound(of) };
        entries[index].show(answer.sliders);
    };

    let asked = new Set(), waiting = false;
    const ask = index => {
        asked.add(index);
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => {
            waiting = false;
            for (const index of asked) if (index < entries.length) consult(index); // one may have been removed meanwhile
            asked = new Set();
            show();
        });
    };

    /** The rate at a step; none behind the end of a schedule that is strict about it. */
    const rateAt = (answer, step) => { try { return anneal.rates(answer.source, [step])[0]; } catch { return NaN; } };
    const usable = () => answers.map((answer, index) => ({ answer, index })).filter(({ answer }) => answer?.source);
    const past = answer => answer.isPast ? " (before)" : "";
    const label = index => state.schedules.length > 1 ? `Schedule ${index + 1}` : "The schedule";

    const show = () => {
        showChart();
        showFacts();
        showDetailsSoon();
        showExport();
        window.annealLab.scheduleChanged?.();
        remember();
        const wrong = answers.findIndex(answer => answer?.error);
        say(wrong >= 0 ? `${label(wrong)} cannot be read: ${answers[wrong].error.split("\n")[0]}`
            : usable().filter(({ answer }) => !answer.isPast).map(({ answer, index }) => `${label(index)}: highest rate ${plain(answer.highest)}, mean ${plain(answer.mean)}, ${answer.findings.length} to look at twice.`).join(" "));
    };

    // Every curve goes as far as the longest schedule; one that is strict about its end stops there.
    const points = (answer, to) => {
        if (answer.drawn?.to !== to) {
            let pairs;
            try { pairs = anneal.curve(answer.source, to); } catch { pairs = anneal.curve(answer.source, answer.last); }
            answer.drawn = { to, x: pairs.filter((_, i) => i % 2 === 0), y: pairs.filter((_, i) => i % 2 === 1) };
        }
        return answer.drawn;
    };
    const showChart = () => {
        const known = usable(), to = state.to ?? Math.max(1, ...known.map(({ answer }) => answer.last)), factor = state.tokens ?? 1;
        const lines = known.map(({ answer, index }) => {
            const { x, y } = points(answer, to);
            return { x: x.map(t => t * factor), y, index, isPast: answer.isPast };
        });
        const marks = known.length === 1 ? known[0].answer.phases.slice(1).map(phase => ({ x: phase.from * factor, index: known[0].index })) : [];
        chart = draw(byId("drawing"), lines, {
            xLog: state.xLog, yLog: state.yLog, from: state.xLog ? Math.max(1, to / 1e6) * factor : 0, to: to * factor, marks,
            xTitle: state.tokens ? "tokens" : "step (updates made)", yTitle: "learning rate",
            label: `Learning rate against ${state.tokens ? "tokens" : "steps"}, from 0 to ${plain(to * factor)}: ${known.map(({ answer }) => answer.notation).join("; ")}. The values are in the table below.`,
        });
        byId("caption").textContent = [marks.length ? "Dotted lines stand where one part hands over to the next." : "",
            ...known.filter(({ answer }) => answer.isPast).map(({ index }) => `${label(index)} is drawn as it was before: what stands there now is not looked at yet.`)].join(" ").trim();
        chart.to = to;
        byId("at").max = to;
        readOut(Math.min(state.at ?? 0, to)); // what was asked for stays, should the chart go so far again
    };

    // The rates at one step, for the pointer, the keyboard and the ear.
    const read = step => {
        if (state.at !== step) { state.at = step; remember(); }
        readOut(step);
    };
    const readOut = step => {
        const at = byId("at"), slider = byId("at-slider");
        if (document.activeElement !== at) at.value = step;
        if (document.activeElement !== slider) slider.value = 1000 * step / chart.to;
        slider.setAttribute("aria-valuetext", `step ${plain(step)}`);
        chart.point(step * (state.tokens ?? 1));
        byId("readings").replaceChildren(...usable().map(({ answer, index }) =>
            h("li", {}, sample(index), `rate ${Number.isNaN(rateAt(answer, step)) ? "over" : plain(rateAt(answer, step), 6)}${state.tokens ? ` after ${plain(step * state.tokens)} tokens` : ""}`)));
    };

    const crossed = (answer, rate) => {
        const known = answer.crossed;
        if (known.rate === rate) return known.text;
        known.leave?.();
        if (answer.isPast) {
            answer.crossed = uncrossed();
            return "…";
        }
        const mine = answer.crossed = { rate, text: answer.isQuick ? anneal.crossings(answer.source, rate, span()).text : "…" };
        if (answer.isQuick) return mine.text;
        const told = text => {
            Object.assign(mine, { text, leave: undefined });
            if (answers.some(one => one?.crossed === mine)) showFacts();
        };
        const question = questions.ask(1, "Crossings", answer.source, rate, span() ?? NaN);
        mine.leave = question.leave;
        question.answer.then(text => told(JSON.parse(text).text), fault => told(fault.message));
        return "…";
    };
    const showFacts = () => {
        const known = usable(), cross = byId("cross") ?? h("input", { type: "number", id: "cross", min: 0, step: "any", value: state.cross ?? "", placeholder: " ", "aria-label": "Rate to be crossed" });
        const focused = document.activeElement === cross;
        const row = (name, value) => h("tr", {}, h("th", { scope: "row" }, ...[name].flat()), ...known.map(({ answer, index }) => h("td", {}, value(answer, index))));
        const rate = state.cross;
        byId("facts").replaceChildren(
            h("thead", {}, h("tr", {}, h("td", {}), ...known.map(({ answer, index }) => {
                const head = h("th", { scope: "col" }, `Schedule ${index + 1}${past(answer)}`);
                head.style.setProperty("--mine", `var(--line-${index + 1})`);
                return head;
            }))),
            h("tbody", {},
                row("updates", a => plain(Math.ceil(a.last), 9)),
                row("first rate", a => plain(a.first, 6)),
                row("highest", a => plain(a.highest, 6)),
                row("lowest", a => plain(a.lowest, 6)),
                row("at the end", a => plain(a.end, 6)),
                row("mean", a => plain(a.mean, 6)),
                row("sum Σ η", a => plain(a.sum, 6)),
                row("sum of squares Σ η²", a => plain(a.sumOfSquares, 6)),
                row(["crosses rate ", cross], a => rate === null ? "–" : crossed(a, rate)),
                row("jumps", a => a.jumpCount === 0 ? "none" : String(a.jumpCount)),
                row("to look at twice", a => a.findings.length === 0 ? "nothing" : String(a.findings.length)),
                row("Robbins–Monro", a => a.robbinsMonro === true ? "holds" : a.robbinsMonro === false ? "does not hold" : "undecided"),
                row("last-iterate bound", (a, i) => h("span", { id: `bound-${i}`, title: a.bound.reason }, a.bound.text))));
        if (focused) byId("cross").focus();
        showBoundsSoon();
    };
    // The bound adds up every update of the run: of a short one at once, of a long one elsewhere, as the page would not answer meanwhile.
    // It is asked for once for each schedule and length, however often the page is drawn.
    const quick = 10_000; // updates, and letters of a text
    const showBoundsSoon = later(250, () => {
        for (const { answer } of usable()) {
            const { bound } = answer;
            if (bound.asked || answer.isPast) continue;
            bound.asked = true;
            const fillIn = (text, reason) => {
                Object.assign(bound, { text, reason, leave: undefined });
                // Something else may have been typed meanwhile.
                const index = answers.findIndex(one => one?.bound === bound), cell = byId(`bound-${index}`);
                if (cell) Object.assign(cell, { textContent: text, title: reason });
            };
            const told = ({ reason, best, bestScale, asIs }) =>
                fillIn(reason ? "–" : `${plain(best)} at ${plain(bestScale)} times these rates, ${plain(asIs)} as they are`, reason ?? "");
            const failed = fault => {
                if (!answers.some(one => one?.bound === bound)) return;
                fillIn("could not be computed", fault.message);
                say(`The last-iterate bound could not be computed: ${fault.message}`);
            };
            if (answer.isQuick && answer.last <= quick) try { told(anneal.bound(answer.source, span())); } catch (fault) { failed(fault); }
            else {
                const question = questions.ask(2, "Bound", answer.source, span() ?? NaN);
                bound.leave = question.leave;
                question.answer.then(text => told(JSON.parse(text))).catch(fault => {
                    bound.asked = false; // it is asked for again when the page is drawn again
                    failed(fault);
                });
            }
        }
    });

    // KaTeX comes with the library; until it is there, and for what it cannot set, a formula is text.
    const formula = tex => {
        const box = h("div", { className: "scroll formula", role: "group", "aria-label": "Formula" });
        if (!window.katex) {
            box.append(h("code", {}, tex));
            return box;
        }
        box.innerHTML = window.katex.renderToString(tex, { displayMode: true, output: "htmlAndMathml", throwOnError: false, strict: "ignore", trust: false });
        return box;
    };
    const way = phase => phase.trend === "flat" ? `level at ${plain(phase.rateAtStart, 5)}` : `${phase.trend} from ${plain(phase.rateAtStart, 5)} to ${plain(phase.rateAtEnd, 5)}`;
    const words = name => name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
    const more = (count, rows) => count > rows.length ? h("p", { className: "verdict" }, `… and ${count - rows.length} more.`) : null;
    const showDetails = () => {
        byId("details").replaceChildren(...usable().map(({ answer, index }) => {
            const box = h("div", { className: "one" },
                h("h2", {}, `Schedule ${index + 1}${past(answer)}: `, h("code", {}, answer.notation)),
                formula(answer.formula),
                answer.cut ? h("p", { className: "verdict" }, `The schedule ${answer.cut}; what follows is its beginning, up to step ${plain(answer.last, 9)}.`) : null,
                h("div", { className: "parts" },
                    h("div", {}, h("h3", {}, "Parts"),
                        h("div", { className: "scroll" }, table(["steps", "rate", "shape"], answer.phases.map(p => [`${plain(p.from, 7)} to ${plain(p.to, 7)}`, way(p), words(p.source)]))),
                        more(answer.phaseCount, answer.phases),
                        ...(answer.jumps.length === 0 ? [] : [h("h3", {}, "Jumps"),
                            h("div", { className: "scroll" }, table(["step", "from", "to"], answer.jumps.map(j => [plain(j.step, 7), plain(j.before, 5), plain(j.after, 5)]))),
                            more(answer.jumpCount, answer.jumps)].filter(part => part !== null))),
                    h("div", {}, h("h3", {}, "Look at twice"),
                        answer.findings.length === 0 ? h("p", { className: "verdict" }, "Nothing found.")
                            : h("ul", { className: "findings" }, ...answer.findings.map(f => h("li", { className: f.severity }, h("b", {}, f.severity), ` ${f.sentence}`))),
                        h("h3", {}, "For ever"),
                        h("p", { className: "verdict" }, `${answer.robbinsMonro === true ? "The conditions of Robbins and Monro hold." : answer.robbinsMonro === false ? "The conditions of Robbins and Monro do not hold." : "Whether the conditions of Robbins and Monro hold cannot be decided."} ${answer.ratesReason} ${answer.squaresReason}`))));
            box.style.setProperty("--mine", `var(--line-${index + 1})`);
            return box;
        }));
        reach();
    };
    const showDetailsSoon = later(120, showDetails);
    // A formula too wide for its place is set smaller, to 70 % at the least.
    const reach = () => {
        for (const one of document.querySelectorAll(".lab .katex-display")) {
            one.style.fontSize = "";
            if (one.scrollWidth > one.clientWidth + 1) one.style.fontSize = `${Math.max(0.7, 0.99 * one.clientWidth / one.scrollWidth)}em`;
            if (one.scrollWidth > one.clientWidth + 1) one.tabIndex = 0;
            else one.removeAttribute("tabindex");
        }
        window.annealLab.reach();
    };

    const targets = { notation: "notation", json: "JSON", csharp: "C#", pytorch: "PyTorch", optax: "optax", keras: "Keras", transformers: "Transformers", latex: "LaTeX", csv: "CSV" };
    const endings = { notation: "txt", json: "json", csharp: "cs", latex: "tex", csv: "csv" };
    // What is written: the chosen schedule, or what was just read.
    const toExport = () => { const which = byId("export-which").value; return which === "foreign" ? foreign : isPast() ? undefined : answers[Number(which)]?.source; };
    const isPast = () => answers[Number(byId("export-which").value)]?.isPast;
    // A table of every update can be long. The page shows its beginning; the whole of a long one is written on a thread of its own, and can be stopped.
    const shownLines = 200, long = 10_000, ids = ["copy-export", "save-export"];
    const rows = source => state.as === "csv" ? span() ?? answers.find(answer => answer?.source === source)?.last ?? anneal.look(source).last : 0;
    const showExport = later(200, () => {
        const source = toExport();
        let text = isPast() ? `${label(Number(byId("export-which").value))} is not looked at yet.` : "", isRefused = !source;
        if (source) try {
            text = anneal.export(source, state.as, state.as === "csv" ? Math.min(rows(source), shownLines) : span());
        } catch (refused) {
            [text, isRefused] = [refused.message, true];
        }
        const lines = text.split("\n");
        byId("exported").textContent = rows(source) > shownLines || lines.length > shownLines + 3 ? `${lines.slice(0, shownLines).join("\n")}\n… (Copy and Save take all of it)` : text;
        for (const id of ids) byId(id).disabled = isRefused;
    });
    let writer = null;
    const whole = async source => {
        if (rows(source) <= long) return anneal.export(source, state.as, span());
        writer = anneal.worker();
        try {
            return await writer.ask("Export", source, state.as, span() ?? NaN);
        } finally {
            writer.stop();
            writer = null;
        }
    };
    const takeAlong = (id, use) => {
        const button = byId(id), label = button.textContent;
        button.addEventListener("click", async () => {
            if (writer) {
                writer.stop();
                return;
            }
            const others = ids.filter(other => other !== id).map(byId), free = () => { button.textContent = label; for (const other of others) other.disabled = false; };
            button.textContent = "Stop";
            for (const other of others) other.disabled = true;
            try {
                const text = await whole(toExport());
                free();
                use(text, button);
            } catch (refused) {
                free();
                say(refused.message);
                if (refused.message !== "Stopped.") byId("exported").textContent = refused.message;
            }
        });
    };

    // Away from the page nothing says which line is which, so the picture gets its keys; where the pointer last was is of no use there.
    const picture = () => {
        const clone = chart.picture.cloneNode(true), probe = getComputedStyle(document.body), known = usable(), row = 20, inset = 58;
        const [width, height] = ["width", "height"].map(name => Number(clone.getAttribute(name))), letters = Math.floor((width - inset) / 6.6);
        clone.querySelector(".cursor").remove();
        known.forEach(({ answer: { notation }, index }, i) => {
            const key = sample(index), top = height + row * i;
            key.setAttribute("x", 18);
            key.setAttribute("y", top);
            clone.append(key, svg("text", { x: inset, y: top + 9 }, notation.length > letters ? `${notation.slice(0, letters - 1)}…` : notation));
        });
        const whole = height + row * known.length;
        clone.setAttribute("height", whole);
        clone.setAttribute("viewBox", `0 0 ${width} ${whole}`);
        clone.setAttribute("xmlns", "http://www.w3.org/2000/svg");
        clone.setAttribute("font-family", "sans-serif");
        const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        ground.setAttribute("width", "100%");
        ground.setAttribute("height", "100%");
        ground.setAttribute("fill", probe.backgroundColor);
        clone.prepend(ground);
        // Outside the page nobody knows its colours by name.
        return new XMLSerializer().serializeToString(clone).replace(/var\(--([\w-]+)\)/g, (_, name) => colours(name)[0]);
    };
    const savePng = async () => {
        const image = new Image(), scale = 2;
        image.src = `data:image/svg+xml,${encodeURIComponent(picture())}`;
        await image.decode();
        const canvas = h("canvas", { width: image.width * scale, height: image.height * scale });
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(blob => save(blob, "schedule.png"), "image/png");
    };

    let foreign = null; // what another framework's configuration became here: it can be taken along as it is
    let offered = () => {};
    const showForeign = () => {
        byId("export-which").querySelector("[value=foreign]")?.remove();
        if (foreign) byId("export-which").append(h("option", { value: "foreign" }, "just read"));
        showExport();
    };
    const use = (notation, index) => {
        state.schedules[index] = notation;
        state.active = index;
        rebuild();
        byId("export-which").value = index; // what was just chosen is what one wants to take along
        showExport();
    };
    const forgetForeign = () => {
        leaveReading();
        reading++;
        foreign = null;
        byId("imported").replaceChildren();
        showForeign();
    };
    /** What the address says was pasted is read again, and chosen where it was. */
    const openPasted = async () => {
        const which = byId("export-which").value, { pasted: text, isPastedChosen } = state;
        const found = await paste.open(text);
        if (found === null) return; // another text came meanwhile
        if (!found) {
            forgetForeign();
            return;
        }
        await readForeign();
        if (isPastedChosen || !foreign) return;
        byId("export-which").value = which;
        showExport();
    };
    let reading = 0, leaveReading = () => {};
    const readForeign = async () => {
        paste.settled();
        leaveReading();
        const mine = ++reading, text = byId("foreign").value, box = byId("imported");
        let answer;
        if (text.length <= quick) answer = anneal.import(text);
        else {
            const question = questions.ask(0, "Import", text), stop = h("button", { type: "button" }, "Stop");
            leaveReading = question.leave;
            stop.addEventListener("click", question.stop);
            box.replaceChildren(h("p", { className: "waiting" }, "Reading it… ", stop));
            answer = await question.answer.then(JSON.parse, fault => ({ error: fault.message === "Stopped." ? "It was not read to the end." : fault.message }));
            if (document.activeElement === stop) byId("read-foreign").focus();
        }
        if (mine !== reading) return;
        foreign = answer.error ? null : answer.notation;
        showForeign();
        if (answer.error) {
            box.replaceChildren(h("p", { className: "failure" }, answer.error));
            return;
        }
        const who = answer.framework ? `${answer.scheduler} of ${answer.framework}` : "This";
        box.replaceChildren(h("p", {}, answer.notation ? `${who} is here: ` : `${who}: ${answer.remark}`, answer.notation ? h("code", {}, answer.notation) : null),
            ...(answer.momentum ? [h("p", {}, "Its momentum: ", h("code", {}, answer.momentum))] : []));
        remember();
        if (!answer.notation) return;
        byId("export-which").value = "foreign";
        showExport();
        const places = box.appendChild(h("p", { className: "buttons" }));
        const offer = () => places.replaceChildren(
            button(state.schedules.length > 1 ? `Put it in place of schedule ${state.active + 1}` : "Put it in place of the schedule", () => state.active),
            ...(state.schedules.length < most ? [button("Put it beside", () => state.schedules.length)] : []));
        // What stands above grows by a schedule; the place where one is reading stays.
        const button = (text, place) => {
            const element = h("button", { type: "button" }, text);
            element.addEventListener("click", () => {
                const before = box.getBoundingClientRect().top;
                use(answer.notation, place());
                showDetails();
                offer();
                scrollBy({ top: box.getBoundingClientRect().top - before, behavior: "instant" });
                places.firstElementChild.focus({ preventScroll: true });
                say(`It is schedule ${state.active + 1} now.`);
            });
            return element;
        };
        offer();
        offered = offer;
    };

    const listen = () => {
        byId("add").addEventListener("click", () => {
            state.schedules.push(state.schedules[state.active]);
            rebuild();
            entries.at(-1).text.focus();
            entries.at(-1).text.select();
        });
        link(byId("copy-link"), byId("sent"), async () => { await paste.settled(); return written(); },
            () => [paste.holds(), window.annealLab.traced?.() ? `The file ${window.annealLab.traced()} is not in it: send it along.` : ""].join(" ").trim());
        for (const [id, key] of [["to", "to"], ["tokens", "tokens"]])
            byId(id).addEventListener("input", event => {
                const value = number(event.target), right = value === null || (value > 0 && (key !== "to" || (value >= 1 && value <= 2 ** 53)));
                event.target.setAttribute("aria-invalid", String(!right));
                if (!right) return;
                state[key] = value;
                state.schedules.forEach((_, i) => ask(i));
            });
        for (const [id, key] of [["x-log", "xLog"], ["y-log", "yLog"]])
            byId(id).addEventListener("change", event => { state[key] = event.target.checked; showChart(); remember(); });
        byId("drawing").addEventListener("pointermove", event => read(Math.round(chart.valueAt(event) / (state.tokens ?? 1))));
        byId("at").addEventListener("input", event => { const value = number(event.target); if (value !== null && value >= 0) read(Math.min(value, 2 ** 53)); });
        byId("at-slider").addEventListener("input", event => read(Math.round(chart.to * event.target.value / 1000)));
        byId("facts").addEventListener("input", event => { const value = number(event.target); state.cross = value > 0 ? value : null; showFacts(); remember(); });
        byId("gallery-box").addEventListener("toggle", () => {
            if (byId("gallery").childElementCount > 0) return;
            byId("gallery").replaceChildren(...offers.gallery.map(({ name, notation, sketch: shares }) => {
                const button = h("button", { type: "button", title: notation }, sketch(shares), name);
                button.addEventListener("click", () => {
                    const other = state.schedules.length > 1 ? answers[neighbour()]?.source : undefined;
                    use(other ? anneal.beside(name, other, span()) : notation, state.active);
                    say(`Schedule ${state.active + 1} is now ${name}.`);
                });
                return button;
            }));
        });
        byId("read-foreign").addEventListener("click", readForeign);
        const { examples } = offers, groups = Map.groupBy(examples, example => example.framework);
        byId("examples").replaceChildren(h("option", { value: "" }, "an example"), ...[...groups].map(([framework, list]) => {
            const group = document.createElement("optgroup");
            group.label = framework;
            group.append(...list.map(example => h("option", { value: examples.indexOf(example) }, example.scheduler)));
            return group;
        }));
        byId("examples").addEventListener("change", event => {
            if (event.target.value === "") return;
            byId("foreign").value = examples[Number(event.target.value)].configuration;
            readForeign();
        });
        byId("export-target").replaceChildren(...Object.entries(targets).map(([value, name]) => h("option", { value }, name)));
        byId("export-target").addEventListener("change", event => { state.as = event.target.value; showExport(); remember(); });
        byId("export-which").addEventListener("change", () => { showExport(); remember(); });
        takeAlong("copy-export", copy);
        takeAlong("save-export", text => save(text, `schedule.${endings[state.as] ?? "py"}`));
        byId("save-svg").addEventListener("click", () => save(new Blob([picture()], { type: "image/svg+xml" }), "schedule.svg"));
        byId("save-png").addEventListener("click", savePng);
        addEventListener("resize", later(100, redraw));
        addEventListener("hashchange", () => { if (location.hash !== shown && isOurs()) { fromAddress(); answers.forEach(leaveBeside); answers.length = 0; rebuild(state.which); openPasted(); } });
    };

    // Another part's schedule: beside what is here already, in the place of what nobody has touched.
    const take = (notation, updates) => {
        if (anneal.look(notation).last !== updates) state.to = updates;
        use(notation, state.schedules.length === 1 && state.schedules[0] === first ? 0 : state.schedules.length < most ? state.schedules.length : state.active);
        window.annealLab.select("schedules");
        entries[state.active].text.focus();
    };
    window.annealLab.take = take;
    /** The schedule that was typed last, as the library could read it last; null if it never could. */
    window.annealLab.chosen = () => {
        const one = usable().find(({ index }) => index === state.active);
        return one ? { notation: one.answer.source, index: one.index } : null;
    };
    window.annealLab.add({ name: "schedules", word: "schedule", words: members, write, shown: () => {
        if (!chart) return;
        redraw();
        window.annealLab.scheduleChanged?.();
        remember();
    } });
    const redraw = () => { if (byId("schedules").hidden) return; showChart(); reach(); };

    const katex = async () => {
        const script = h("script", { src: anneal.script("katex.min.js") });
        const ready = new Promise(done => { script.onload = done; });
        document.head.append(script);
        await ready;
        showDetails();
    };

    const start = async () => {
        const status = byId("status");
        try {
            await anneal.ready;
            fromAddress(isOurs() ? location.hash : kept("schedules"));
            listen();
            rebuild(state.which);
            if (state.pasted !== undefined) openPasted();
            status.textContent = `The library started in ${(anneal.startedIn / 1000).toFixed(1)} s.`;
            await katex();
        } catch (fault) {
            status.className = "wrong";
            status.textContent = `The library could not be started here: ${fault.message}. A browser of 2024 or later is needed.`;
            throw fault;
        }
    };
    start();
})();
