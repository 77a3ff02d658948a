// The lab's traces: draws what a run logged, a panel for each column; those of one tensor or head lie together, and are drawn once they are opened.
(() => {
    "use strict";
    const { anneal, annealChart: { draw, plain, sample } } = window;
    const { byId, h, later, chosen } = window.annealLab;
    const columns = 800; // of pixels: as many as a chart is wide
    let panels = [], rate = null, turn = 0, reader = null, isOther = false; // whether the schedule is another than the one that is drawn

    // The schedule's rates in one frame, and then a panel a frame, so that none of them is felt.
    const show = async () => {
        const mine = ++turn;
        if (isOther) {
            await new Promise(requestAnimationFrame);
            if (mine !== turn) return;
            isOther = false;
            beside();
        }
        for (const { box, name, lines, isWide } of panels) {
            if (box.closest("details")?.open === false) continue;
            await new Promise(requestAnimationFrame);
            if (mine !== turn || byId("schedules").hidden) return;
            const steps = lines[0].x, to = Math.max(steps.at(-1), steps[0] + 1);
            draw(box, lines, { from: steps[0], to, yLog: isWide, xTitle: "step (updates made)", yTitle: name, height: 220, label: `${name} against steps, from ${plain(steps[0])} to ${plain(steps.at(-1))}.` });
        }
    };

    // Behind the end of a schedule that is strict about it there is no rate: as many as there are.
    const along = (notation, steps) => {
        try { return anneal.rates(notation, steps); } catch { /* Too far, by so many steps as are looked for now. */ }
        let has = 0, lacks = steps.length, rates = [];
        while (lacks - has > 1) {
            const middle = (has + lacks) >> 1;
            try { rates = anneal.rates(notation, steps.slice(0, middle)); has = middle; } catch { lacks = middle; }
        }
        return steps.map((_, i) => i < has ? rates[i] : NaN);
    };
    const extremes = y => `from ${plain(y.reduce((a, b) => Math.min(a, b)))} to ${plain(y.reduce((a, b) => Math.max(a, b)))}, last ${plain(y.at(-1))}`;
    // The logged rate beside the schedule that was typed last, whatever it is now.
    const beside = () => {
        const panel = panels.find(({ name }) => name === rate), schedule = chosen();
        if (!panel) return;
        const [logged] = panel.lines;
        panel.lines = schedule ? [logged, { x: logged.x, y: along(schedule.notation, logged.x), index: 1 }] : [logged];
        panel.told.replaceChildren(...(schedule ? [". ", sample(1), ` schedule ${schedule.index + 1} at these steps`] : []));
    };
    const take = (name, answer) => {
        const said = byId("trace-said");
        byId("trace").replaceChildren();
        rate = answer.rate;
        // "update_ratio of tokens.weight" belongs to tokens.weight.
        const groups = new Map();
        const groupOf = who => {
            if (!groups.has(who)) {
                const group = h("details", {}, h("summary", {}, who));
                group.open = groups.size === 0;
                group.addEventListener("toggle", show);
                groups.set(who, group);
                byId("trace").append(group);
            }
            return groups.get(who);
        };
        panels = answer.lines.map((line, i) => {
            const box = h("div", { id: `trace-${i}` }), told = h("span"), [measure, ...of] = line.name.split(" of ");
            (of.length ? groupOf(of.join(" of ")) : byId("trace")).append(h("figure", {}, box, h("figcaption", {}, h("b", {}, measure), ` ${extremes(line.y)}`, told)));
            return { box, told, name: line.name, lines: [{ x: line.x, y: line.y, index: 0 }], isWide: line.isWide };
        });
        const left = answer.rowsLeft;
        said.className = answer.error ? "failure" : "verdict";
        said.textContent = answer.error ? `${name}: ${answer.error}`
            : `${name}: ${answer.lines.length} columns${groups.size ? ` in ${groups.size} groups` : ""}${answer.rate ? `; the rate is ${answer.rate}` : ""}${left ? `; the first run is shown, ${left === 1 ? "1 row of others is" : `${plain(left)} rows of others are`} not` : ""}.`;
        isOther = true;
        show();
    };

    // A long file is read on a thread of its own, which can be stopped; of what it says only as much comes back as can be drawn.
    byId("trace-file").addEventListener("change", async event => {
        const [file] = event.target.files, stop = byId("trace-stop");
        if (!file) return;
        reader?.stop();
        await anneal.ready;
        const mine = reader = anneal.worker();
        byId("trace-said").className = "verdict";
        byId("trace-said").textContent = `Reading ${file.name}…`;
        stop.hidden = false;
        let answer;
        try {
            answer = JSON.parse(await mine.ask("TraceToDraw", await file.text(), columns));
        } catch (fault) {
            answer = { lines: [], error: fault.message };
        }
        mine.stop();
        if (mine !== reader) return; // another file was chosen meanwhile
        reader = null;
        if (document.activeElement === stop) byId("trace-file").focus();
        stop.hidden = true;
        chosenFile = answer.error ? null : file.name;
        take(file.name, answer);
    });
    let chosenFile = null;
    /** The file that is shown, which no address holds. */
    window.annealLab.traced = () => chosenFile;
    byId("trace-stop").addEventListener("click", () => reader?.stop());
    addEventListener("resize", later(100, show));
    window.annealLab.scheduleChanged = later(100, () => {
        isOther = true;
        show();
    });
})();
