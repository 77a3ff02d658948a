// The lab's traces: draws what a run logged, a panel for each column.
(() => {
    "use strict";
    const { anneal, annealChart: { draw, plain, sample } } = window;
    const { byId, h, later, chosen } = window.annealLab;
    let panels = [];

    const show = () => {
        if (byId("schedules").hidden) return;
        for (const { box, name, lines, isWide } of panels) {
            const steps = lines[0].x, to = Math.max(steps.at(-1), steps[0] + 1);
            draw(box, lines, { from: steps[0], to, yLog: isWide, xTitle: "step (updates made)", yTitle: name, height: 220, label: `${name} against steps, from ${plain(steps[0])} to ${plain(steps.at(-1))}.` });
        }
    };

    // Behind the end of a schedule that is strict about it there is no rate.
    const along = (notation, steps) => {
        try { return [...anneal.rates(notation, steps)]; } catch { return steps.map(step => { try { return anneal.rates(notation, [step])[0]; } catch { return NaN; } }); }
    };
    const extremes = y => `from ${plain(y.reduce((a, b) => Math.min(a, b)))} to ${plain(y.reduce((a, b) => Math.max(a, b)))}, last ${plain(y.at(-1))}`;
    const take = (name, text) => {
        const answer = anneal.trace(text), said = byId("trace-said"), schedule = chosen();
        byId("trace").replaceChildren();
        panels = [];
        said.className = answer.error ? "failure" : "verdict";
        said.textContent = answer.error ? `${name}: ${answer.error}`
            : `${name}: ${answer.lines.length} columns${answer.rate ? `; the rate is ${answer.rate}` : ""}${answer.rowsLeft ? `; the first run is shown, ${plain(answer.rowsLeft)} rows of others are not` : ""}.`;
        for (const [i, line] of answer.lines.entries()) {
            const box = h("div", { id: `trace-${i}` }), lines = [{ x: line.x, y: line.y, index: 0 }];
            const caption = h("figcaption", {}, h("b", {}, line.name), ` ${extremes(line.y)}`);
            if (line.name === answer.rate && schedule) {
                lines.push({ x: line.x, y: along(schedule.notation, line.x), index: 1 });
                caption.append(". ", sample(1), ` schedule ${schedule.index + 1} at these steps`);
            }
            byId("trace").append(h("figure", {}, box, caption));
            panels.push({ box, name: line.name, lines, isWide: line.isWide });
        }
        show();
    };

    byId("trace-file").addEventListener("change", async event => {
        const [file] = event.target.files;
        if (!file) return;
        await anneal.ready;
        take(file.name, await file.text());
    });
    addEventListener("resize", later(100, show));
})();
