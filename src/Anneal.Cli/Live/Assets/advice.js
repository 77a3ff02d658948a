// The lab's advice: a form from which the library makes a proposal. What is asked, what may be answered and what follows is the library's affair.
(() => {
    "use strict";
    const { anneal, annealChart: { draw, plain } } = window;
    const { byId, h, later, copy, link, pasted, save, say, reach, engine, offers, isIn, keep, kept } = window.annealLab;

    // All of it is in the address.
    const state = { members: {}, runs: "", target: "pytorch" };
    const fields = new Map(); // by member: { field, element, input, ask, refused, show }
    const unfolded = new Set();
    // What is shown while something is refused is the last whole answer, greyed: what one does with it is done with that one.
    let form = null, answer = null, whole = null, isDrawn = false, shown = "";

    // ── the address
    const written = () => [`advice=${encodeURIComponent(JSON.stringify(state.members))}`, state.runs === "" ? null : `runs=${encodeURIComponent(state.runs)}`, `as=${state.target}`, paste.written()].filter(part => part !== null).join("&");
    const write = () => { shown = keep("advice", written()); };
    const remember = later(300, write);
    const paste = pasted(byId("advice-base"), byId("advice-base-said"), "base", () => { if (form) remember(); });
    const fromAddress = (address = location.hash) => {
        const parts = new Map(address.slice(1).split("&").map(part => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]));
        if (!parts.has("advice")) return false;
        try {
            const read = JSON.parse(decodeURIComponent(parts.get("advice")));
            state.members = Object.fromEntries(Object.entries(read).map(([name, value]) => [name, value === true ? "yes" : value === false ? "no" : String(value ?? "")]));
            state.runs = decodeURIComponent(parts.get("runs") ?? "");
            if (address !== shown) paste.open(parts.get("base")).then(isSome => { if (isSome) showExport(); });
            state.target = form.forms.some(one => one.name === parts.get("as")) ? parts.get("as") : "pytorch"; // what is not said is as usual
        } catch { /* An address that cannot be read opens with what is there. */ }
        return true;
    };

    // ── the form
    const set = (name, text) => {
        if (text === "") delete state.members[name]; else state.members[name] = text;
        ask();
    };
    /** A control with its label, what is asked about it, and why what it holds is refused. */
    const control = field => {
        const id = `advice-${field.name}`, question = h("p", { className: "ask", id: `${id}-ask` }), refused = h("p", { className: "refused", id: `${id}-refused` }), described = `${id}-ask ${id}-refused`;
        const made = field.several ? several(field, id, described) : field.words.length > 0 ? choice(field, id, described) : text(field, id, described);
        made.element.append(question, refused);
        return { field, question, refused, ...made };
    };
    const text = (field, id, described) => {
        const input = h("input", { type: "text", id, spellcheck: false, autocapitalize: "off", "aria-describedby": described });
        input.addEventListener("input", () => set(field.name, input.value.trim()));
        return { input, element: h("div", { className: "field" }, h("label", { for: id }, field.label), input), show: value => { if (document.activeElement !== input || input.value.trim() !== value) input.value = value; } };
    };
    const choice = (field, id, described) => {
        const input = h("select", { id, "aria-describedby": described }, h("option", { value: "" }, field.default ?? "not known"),
            ...field.words.filter(word => word !== field.default).map(word => h("option", { value: word }, word)));
        input.addEventListener("change", () => set(field.name, input.value));
        const show = value => {
            input.querySelector(".strange")?.remove();
            // What is no choice, from an address, is shown as it is and refused.
            if (value !== "" && value !== field.default && !field.words.includes(value)) input.append(h("option", { value, className: "strange" }, value));
            input.value = value === field.default ? "" : value;
        };
        return { input, element: h("div", { className: "field" }, h("label", { for: id }, field.label), input), show };
    };
    const several = (field, id, described) => {
        const rows = field.words.map((word, i) => {
            const box = h("input", { type: "checkbox", id: i === 0 ? id : `${id}-${word}` }), step = h("input", { type: "text", className: "few", spellcheck: false, hidden: true, "aria-label": `${word}: from which update on`, placeholder: "from update", "aria-describedby": described });
            return { word, box, step, element: h("div", { className: "controls" }, h("label", { className: "tick" }, box, ` ${word}`), step) };
        });
        const take = () => {
            for (const { box, step } of rows) step.hidden = !box.checked;
            set(field.name, rows.filter(({ box }) => box.checked).map(({ word, step }) => word + (step.value.trim() === "" ? "" : `@${step.value.trim()}`)).join(","));
        };
        for (const { box, step } of rows) {
            box.addEventListener("change", take);
            step.addEventListener("input", take);
        }
        const show = value => {
            const told = new Map(value.split(",").map(part => part.trim().split("@")).map(([word, step = ""]) => [word.toLowerCase(), step]));
            for (const { word, box, step } of rows) {
                const known = told.get(word.toLowerCase());
                box.checked = known !== undefined;
                step.hidden = !box.checked;
                if (document.activeElement !== step) step.value = known ?? "";
            }
        };
        return { input: rows[0].box, element: h("fieldset", { className: "field several", "aria-describedby": described }, h("legend", {}, field.label), ...rows.map(row => row.element)), show };
    };
    const build = () => {
        byId("advice-numbers").textContent = form.numbers;
        byId("advice-fields").replaceChildren(...form.parts.map(part => h("fieldset", { className: "part" }, h("legend", {}, part.title), ...part.fields.map(field => {
            const made = control(field);
            fields.set(field.name, made);
            return made.element;
        }))));
        byId("advice-setups").replaceChildren(h("option", { value: "" }, "none"), ...form.setups.map((setup, i) => h("option", { value: i }, setup.recipe)));
        const names = { train: "anneal train", sweep: "anneal sweep", pytorch: "PyTorch", transformers: "Transformers", json: "programs (JSON)" };
        byId("advice-target").replaceChildren(...form.forms.map(({ name }) => h("option", { value: name }, names[name] ?? name)));
    };
    const fill = () => {
        for (const [name, { show }] of fields) show(state.members[name] ?? "");
        byId("advice-runs").value = state.runs;
        byId("advice-target").value = state.target;
        showBase();
    };

    // ── the answer
    // It takes a second of a slow processor, so another thread gives it; while somebody goes on typing only the last one counts.
    let asked = 0, wrote = 0;
    const ask = later(120, async () => {
        const mine = ++asked;
        remember();
        let found;
        try {
            found = anneal.advice.read(await engine().ask("Advise", JSON.stringify(state.members), state.runs));
        } catch (fault) {
            if (mine === asked) unanswered(fault.message);
            return;
        }
        if (mine !== asked) return;
        answer = found;
        if (answer.refusals.length === 0) whole = answer;
        show();
    });
    /** What is shown is that of another form then; what changes next asks again. */
    const unanswered = reason => {
        byId("advice-note").hidden = false;
        byId("advice-note").textContent = reason;
        byId("advice-answer").classList.add("stale");
    };
    const show = () => {
        showAtFields();
        const isRefused = answer.refusals.length > 0;
        byId("advice-answer").classList.toggle("stale", isRefused);
        // As long as nothing has been answered there is nothing to look at, but for the number of runs, which may be what is wrong.
        isDrawn ||= !isRefused || answer.refusals.some(({ member }) => member === "runs");
        byId("advice-answer").hidden = !isDrawn;
        byId("advice-note").hidden = !isRefused;
        if (isRefused) {
            const elsewhere = answer.refusals.filter(({ member }) => member !== "runs" && !fields.has(member)).map(({ message }) => message);
            const where = answer.refusals.map(({ member }) => member === "runs" ? "Runs to spend on the rate" : fields.get(member)?.field.label).filter(Boolean);
            byId("advice-note").textContent = [where.length ? `To be put right first: ${where.map(name => `“${name}”`).join(", ")}.` : "", ...elsewhere].join(" ").trim();
            say(answer.refusals.map(({ message }) => message).join(" "));
            return;
        }
        const { proposal } = answer;
        showQuestions(proposal);
        byId("advice-run").replaceChildren(...(answer.run ? [h("p", {}, answer.run)] : []));
        showCurve();
        byId("advice-glance").replaceChildren(...glance(proposal));
        byId("advice-items").replaceChildren(...proposal.items.map((item, i) => shownItem(item, answer.ranges[i])));
        byId("advice-more").replaceChildren(...more(proposal));
        showTuning(proposal);
        showExport();
        reach();
        const open = proposal.questions.filter(q => q.must).length, value = name => proposal.items.find(item => item.item === name)?.text;
        say(open > 0 ? `${open} question${open === 1 ? " is" : "s are"} open: ${proposal.questions.filter(q => q.must).map(q => q.ask).join(" ")}`
            : answer.missing ?? `Advised: ${value("optimizer")}, peak ${value("peak")}, warm-up ${value("warm-up") ?? "none"}, schedule ${value("schedule")}.`);
    };
    const showAtFields = () => {
        const refused = new Map(answer.refusals.map(({ member, message }) => [member, message])), asked = new Map((answer.proposal?.questions ?? []).map(q => [q.member, q]));
        const unused = new Set(answer.proposal?.unused ?? []);
        for (const [name, made] of fields) {
            const why = refused.get(name), question = asked.get(name);
            made.refused.textContent = why ?? "";
            made.input.setAttribute("aria-invalid", String(why !== undefined));
            made.element.classList.toggle("empty", !state.members[name]);
            if (!answer.proposal) continue;
            made.question.replaceChildren(...(question ? prose(`${question.ask} ${question.reason}`.trim()) : unused.has(name) ? ["Nothing that is advised depends on it."] : []));
            made.question.classList.toggle("must", question?.must === true);
        }
        byId("advice-runs-refused").textContent = refused.get("runs") ?? "";
        byId("advice-runs").setAttribute("aria-invalid", String(refused.has("runs")));
    };
    const showQuestions = proposal => {
        const list = questions => h("ul", { className: "questions" }, ...questions.map(({ member, ask, reason }) => {
            const button = h("button", { type: "button" }, ask);
            button.addEventListener("click", () => {
                const { input, element } = fields.get(member);
                element.scrollIntoView({ block: "center" });
                input.focus({ preventScroll: true });
            });
            return h("li", {}, button, ...(reason ? prose(` ${reason}`) : []));
        }));
        const must = proposal.questions.filter(q => q.must), may = proposal.questions.filter(q => !q.must);
        const wrong = must.filter(q => q.contradiction), open = must.filter(q => !q.contradiction);
        byId("advice-questions").replaceChildren(
            ...(wrong.length ? [h("h3", {}, "Does not go together"), list(wrong)] : []),
            ...(open.length ? [h("h3", {}, "Still to be said"), list(open)] : must.length ? [] : answer.missing ? [h("p", { className: "failure" }, answer.missing)] : []),
            ...(may.length ? [h("h3", {}, "Would help"), list(may)] : []));
    };
    let curve = {}; // the last one that was computed
    const showCurve = async () => {
        const { schedule, updates } = whole, box = byId("advice-curve"), of = `${schedule} ${updates}`;
        box.hidden = !schedule;
        if (!schedule) return;
        if (curve.of !== of) curve = { of, pairs: engine().ask("Curve", schedule, updates).then(Array.from) };
        const pairs = await curve.pairs.catch(() => null);
        if (curve.of !== of) return; // another answer came meanwhile
        if (pairs === null) {
            curve = {}; // it is asked for again with the next answer
            box.hidden = true;
            return;
        }
        draw(byId("advice-drawing"), [{ x: pairs.filter((_, i) => i % 2 === 0), y: pairs.filter((_, i) => i % 2 === 1), index: 0 }], {
            from: 0, to: updates, height: 260, xTitle: "step (updates made)", yTitle: "learning rate",
            label: `Learning rate against steps, from 0 to ${plain(updates)}: ${schedule}.`,
        });
        byId("advice-notation").textContent = schedule;
        byId("advice-open").href = `#schedule=${encodeURIComponent(schedule)}&to=${updates}`;
    };
    /** Text of the tables, where commands stand between backticks. */
    const prose = text => text.split("`").map((part, i) => i % 2 ? h("code", {}, part) : part);
    const source = ({ name, kind, link }) => h("span", {}, link ? h("a", { href: link, rel: "noreferrer" }, name) : name, kind === "slides" ? "" : ` (${kind})`);
    /** A fold that stays as the reader left it. */
    const fold = (key, title, ...content) => {
        const box = h("details", { open: unfolded.has(key) }, h("summary", {}, title), ...content);
        box.addEventListener("toggle", () => { if (box.open) unfolded.add(key); else unfolded.delete(key); });
        return box;
    };
    const glance = ({ items }) => items.length === 0 ? [] : [h("table", {},
        h("thead", {}, h("tr", {}, ...["set", "to", "range", "sure"].map(text => h("th", { scope: "col" }, text)))),
        h("tbody", {}, ...items.map((item, i) => h("tr", {}, h("th", { scope: "row" }, item.item), h("td", {}, h("b", {}, item.text)), h("td", {}, answer.ranges[i]), h("td", {}, item.sure)))))];
    const shownItem = (item, range) => {
        const against = item.others.filter(o => o.contradicts), within = item.others.filter(o => !o.contradicts);
        const other = o => h("li", {}, h("b", {}, o.text), ...(o.scaled ? prose(` = ${o.scaled}`) : []), ", ", source(o.source), ...prose(`, ${o.sure}. ${o.reason} `), h("span", { className: "passed" }, `Passed over: ${o.passedOver}.`));
        return h("section", { className: "advised", "aria-label": item.item },
            h("h3", {}, `${item.item} `, h("b", {}, item.text)),
            h("p", { className: "meta" }, range ? `range ${range}; ` : "", "sure: ", h("b", { className: "sure" }, item.sure), ...(item.row ? ["; from ", source(item.source)] : [])),
            h("p", {}, ...prose(item.reason)),
            item.ceiling && item.ceiling.row !== item.row ? h("p", {}, `Not above ${plain(item.ceiling.value, 3)}: `, ...prose(item.ceiling.reason)) : null,
            item.changes.length ? h("ul", { className: "findings" }, ...item.changes.map(c => h("li", {}, h("b", {}, `× ${plain(c.factor, 3)}`), ...prose(` ${c.reason} `), source(c.source)))) : null,
            against.length ? h("p", { className: "meta" }, `${against.length === 1 ? "One source says" : `${against.length} sources say`} otherwise:`) : null,
            against.length ? h("ul", { className: "findings against" }, ...against.map(other)) : null,
            within.length && item.value !== undefined ? fold(item.item, `${within.length} more within the range`, h("ul", { className: "findings" }, ...within.map(other))) : null);
    };
    const more = proposal => {
        const list = (title, items) => items.length ? [h("h3", {}, title), h("ul", { className: "findings" }, ...items)] : [];
        return [
            ...list("Tensors with options of their own", proposal.groups.map(g => h("li", {}, h("code", {}, g.tensors), ...prose(`: decay × ${plain(g.decayFactor, 3)}. ${g.reason} `), source(g.source), `, ${g.sure}`))),
            ...list("What follows from the numbers together", proposal.remarks.map(text => h("li", {}, ...prose(text)))),
            ...list("About the symptoms, in this order", proposal.remedies.map(r => h("li", {}, h("b", {}, ...prose(r.what)), ...prose(` ${r.reason} `), source(r.source), `, ${r.sure}`))),
            ...list("What to log", proposal.log.map(l => h("li", {}, ...prose(`${l.when.charAt(0).toUpperCase()}${l.when.slice(1)}: ${l.what}. `), h("b", {}, "Alarm:"), ...prose(` ${l.alarm}. ${l.reason} `), source(l.source), `, ${l.sure}`))),
        ];
    };
    const showTuning = proposal => {
        byId("advice-tuning").hidden = !proposal.items.some(item => item.item === "peak");
        byId("advice-stages").replaceChildren(...answer.stages.map(text => h("li", {}, text)));
    };

    // ── taken along
    const target = () => form.forms.find(one => one.name === state.target);
    let file = { text: null, name: "" };
    const showBase = () => { byId("advice-base-box").hidden = !target().needsBase; };
    const showExport = async () => {
        showBase();
        const mine = ++wrote, name = target().file;
        const text = await engine().ask("WriteAdvice", JSON.stringify(state.members), state.runs, state.target, byId("advice-base").value)
            .catch(fault => JSON.stringify({ error: fault.message, plan: [] }));
        if (mine !== wrote) return;
        file = { ...JSON.parse(text), name };
        byId("advice-text").textContent = file.text ?? file.error;
        byId("advice-text").classList.toggle("told", !file.text);
        byId("advice-plan").replaceChildren(...file.plan.map(text => h("li", {}, text)));
        // A line ends between options, not within one.
        byId("advice-command").replaceChildren(...(file.command ?? whole?.command ?? "").split(/ (?=--)/).flatMap((part, i) => [i ? " " : "", h("span", {}, part)]));
        for (const id of ["advice-copy", "advice-save"]) byId(id).disabled = !file.text;
        reach();
    };

    const listen = () => {
        byId("advice-form").addEventListener("submit", event => event.preventDefault());
        byId("advice-runs").addEventListener("input", event => { state.runs = event.target.value.trim(); ask(); });
        byId("advice-setups").addEventListener("change", event => {
            const setup = form.setups[Number(event.target.value)];
            const isSome = event.target.value !== "";
            byId("advice-published").replaceChildren(...(isSome ? ["Its case, as one would tell it before the run; ", h("a", { href: setup.link, rel: "noreferrer" }, "as published"), "."] : []));
            if (!isSome) return;
            state.members = { ...setup.members };
            fill();
            ask();
        });
        byId("advice-clear").addEventListener("click", () => {
            state.members = {};
            state.runs = "";
            byId("advice-setups").value = "";
            byId("advice-published").replaceChildren();
            fill();
            ask();
            fields.values().next().value.input.focus();
        });
        link(byId("advice-link"), byId("advice-sent"), async () => { await paste.settled(); return written(); }, paste.holds);
        byId("advice-open").addEventListener("click", event => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            if (whole?.schedule) window.annealLab.take(whole.schedule, whole.updates);
        });
        byId("advice-target").addEventListener("change", event => { state.target = event.target.value; showExport(); remember(); });
        byId("advice-base").addEventListener("input", later(200, showExport));
        byId("advice-begin").addEventListener("click", () => {
            // A run can be made a sweep; the sweep to begin with is one of a table.
            const isRun = state.target === "train" || (state.members.task ?? "tabular") !== "tabular";
            byId("advice-base").value = byId(isRun ? "advice-run-template" : "advice-sweep-template").textContent.trim();
            paste.settled();
            showExport();
        });
        byId("advice-copy").addEventListener("click", event => copy(file.text, event.target));
        byId("advice-save").addEventListener("click", () => save(file.text, file.name));
        byId("advice-copy-command").addEventListener("click", event => copy(byId("advice-command").textContent, event.target));
        byId("advice-save-case").addEventListener("click", () => { if (whole) save(whole.case, "case.json"); });
        addEventListener("resize", later(100, () => { if (!byId("advice").hidden && whole?.schedule) showCurve(); }));
        addEventListener("hashchange", () => { if (form && location.hash !== shown && fromAddress()) { fill(); ask(); } });
    };

    const open = () => {
        const isFirst = !form;
        if (isFirst) {
            form = offers.form;
            build();
            listen();
        }
        fromAddress(isFirst && !isIn("advice") ? kept("advice") : location.hash);
        fill();
        ask();
    };
    window.annealLab.add({ name: "advice", word: "advice", write, shown: open });
    anneal.ready.then(window.annealLab.begin, () => {});
})();
