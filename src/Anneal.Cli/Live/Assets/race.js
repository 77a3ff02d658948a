// The lab's optimizers: rules run on test functions in the library, on a thread of their own, and are drawn as they go.
(() => {
    "use strict";
    const { annealChart: { draw, colours, plain, sample } } = window;
    const { byId, h, link, questions, offers: { functions, rules }, isIn, keep, kept } = window.annealLab;
    const most = 6;
    const patience = 8;         // milliseconds: what takes the page's thread longer is done a piece a frame
    const segments = 1_500;     // of all paths that are drawn in one frame
    const longest = 20_000;     // points of a path; a longer one forgets every second point

    const usual = { sgd: "0.001", momentum: "2e-4", nesterov: "2e-4", adamW: "0.05", adam: "0.05", lion: "0.02", rmsProp: "0.01", adaGrad: "0.5", lbfgs: "1", newton: "1", prodigy: "1", dAdaptSgd: "1", dAdaptAdam: "1", asgd: "0.001", rAdam: "0.001", scheduleFreeSgd: "0.001" };
    const usually = () => ({ function: "rosenbrock", start: null, rules: ["sgd", "momentum", "adamW"].map(name => ({ rule: { type: name }, rate: usual[name] })), noise: 0, batch: 1, seed: 1, speed: 100, until: null });
    const state = usually();
    // What the fields hold, an address may say, and nothing else.
    const limits = {
        noise: { is: value => value >= 0, words: "noise must be a number of 0 or more" },
        batch: { is: value => value >= 1, words: "batch must be a number of 1 or more" },
        seed: { is: value => value >= 0, words: "seed must be a number of 0 or more" },
        until: { is: value => value === null || (Number.isSafeInteger(value) && value >= 1), words: "until must be a whole number of 1 or more" },
        speed: { is: value => speeds().includes(value), get words() { return `speed must be one of ${speeds().join(", ")}`; } },
    };
    const speeds = () => [...byId("speed").options].map(option => Number(option.value));
    const isRight = (name, value) => (value === null || Number.isFinite(value)) && limits[name].is(value);
    /** A rule as an object with its type; throws in words what is none. */
    const asRule = value => {
        if (value === null || typeof value !== "object" || typeof value.type !== "string") throw new Error(`A rule is an object with its type, such as {"type": "sgd"}; ${(JSON.stringify(value) ?? "nothing").slice(0, 40)} is none.`);
        return value;
    };
    // What is wrong, where from: an address or a field here, or the library.
    let amiss = "", fault = "";
    const tell = () => { byId("race-error").textContent = [amiss, fault].filter(text => text !== "").join("\n"); };
    let engine = null, race = 0, order = 0, beginning = null, filling = null, paths = [], stopped = [], playing = false, per = 4, due = 0, last = 0, grid = null, drawnAt = 0, pieces = null, isPiece = false, sweeping = 0, isStarted = false;
    // What the browser has ended, with the thread on which it ran.
    const lost = reason => {
        race = 0;
        fault = reason.replace("Ask again: another one is started then.", "Reset begins the race anew.");
        order++;
        isStarted = true;
        if (playing) play(false);
        if (!byId("stop-sweep").hidden) {
            sweeping++;
            hideStop();
        }
        tell();
        showTable();
    };

    // A rule by its name where that says enough; one that cannot do without its settings comes with them.
    const defaults = new Map(rules.map(({ name, json }) => [name, json])), bare = new Set(rules.filter(rule => !rule.needsSettings).map(({ name }) => name));
    const ruleOf = type => bare.has(type) ? { type } : JSON.parse(defaults.get(type));
    const here = () => functions.find(f => f.key === state.function);
    const start = () => state.start ?? here().start;

    // ── the race itself: the library runs ahead a little, and what it has come to waits in each path's queue until it is shown
    const begin = () => { beginning = beginNow(); };
    const beginNow = async () => {
        const mine = ++order;
        if (race) engine.ask("EndRace", race).catch(() => {});
        race = 0;
        paths = state.rules.map(() => ({ steps: 0, every: 1, x: [], y: [], at: [], value: [], end: null, drawn: 0, pen: null, queue: [], next: 0 }));
        stopped = state.rules.map(() => "");
        due = 0;
        fault = "";
        tell();
        drawAll();
        remember();
        const begun = engine.ask("BeginRace", JSON.stringify({ ...state, start: start() }));
        hint().catch(() => {}); // what the other thread cannot do the race itself says
        try {
            const one = await begun;
            if (mine !== order) {
                engine.ask("EndRace", one).catch(() => {});
                return;
            }
            race = one;
            isStarted = true;
        } catch (refused) {
            if (mine !== order) return;
            fault = refused.message;
            if (playing) play(false);
        }
        tell();
        showTable();
    };
    const ahead = () => Math.max(0, ...paths.map(path => (path.queue.length - path.next) / 3));
    const fill = steps => filling ??= fillNow(steps).finally(() => { filling = null; });
    const fillNow = async steps => {
        await beginning;
        if (!race) return;
        // A worker answers whatever it is asked; on the page's own thread a long answer is felt, so there the questions are kept short.
        const isApart = await engine.apart, asked = race, began = performance.now();
        try {
            const [answer, reasons] = await Promise.all([engine.ask("AdvanceRace", asked, isApart ? steps : Math.min(steps, per)), engine.ask("StoppedInRace", asked)]);
            if (asked === race) {
                let at = 0;
                for (const path of paths) {
                    const count = 3 * answer[at++];
                    path.queue = [...path.queue.slice(path.next), ...answer.slice(at, at += count)];
                    path.next = 0;
                }
                stopped = reasons;
            }
        } catch { /* The race was ended meanwhile. */ }
        const took = performance.now() - began;
        per = Math.max(1, Math.min(2000, Math.round(per * (took > patience ? 0.5 : took < patience / 3 ? 2 : 1))));
    };
    const take = steps => {
        for (const path of paths) {
            const { queue } = path, until = Math.min(queue.length, path.next + 3 * steps);
            for (; path.next < until; path.next += 3) {
                path.end = [queue[path.next], queue[path.next + 1], queue[path.next + 2]];
                path.first ??= path.end[2];
                if (++path.steps % path.every) continue;
                path.x.push(path.end[0]);
                path.y.push(path.end[1]);
                path.value.push(path.end[2]);
                path.at.push(path.steps);
            }
            if (path.x.length > longest) {
                for (const list of [path.x, path.y, path.value, path.at]) {
                    const half = list.length >> 1;
                    for (let i = 0; i < half; i++) list[i] = list[2 * i + 1];
                    list.length = half;
                }
                path.every *= 2;
                path.drawn >>= 1;
            }
        }
    };
    const isOver = () => race > 0 && stopped.length > 0 && stopped.every(reason => reason) && ahead() === 0;
    const frame = now => {
        if (!playing) return;
        due += state.speed * Math.min(0.1, (now - last) / 1000);
        last = now;
        // It stops at the update that was asked for, and when told to goes on from there.
        const made = Math.max(0, ...paths.map(path => path.steps)), left = state.until > made ? state.until - made : Infinity, steps = Math.min(Math.floor(due), ahead(), left);
        take(steps);
        due = Math.min(due - steps, state.speed); // what the machine cannot do is left undone, not put off
        if (ahead() < state.speed / 10) fill(Math.max(1, Math.ceil(state.speed / 10)));
        // The map in one frame, a piece of the curves or the table in the next: together they would be felt on a slow machine.
        if (!pieces && now - drawnAt > 400) {
            drawnAt = now;
            pieces = newsInPieces();
        }
        isPiece = !isPiece && pieces !== null;
        if (!isPiece) drawPaths();
        else if (pieces.next().done) pieces = null;
        if (isOver() || steps === left) play(false);
        requestAnimationFrame(frame);
    };
    const step = async () => {
        play(false);
        await filling;
        if (ahead() === 0) await fill(1);
        take(1);
        drawAll();
    };
    const play = on => {
        playing = on && fault === ""; // what is refused has nothing to play, and says why beside the rules
        if (on && !playing) {
            byId("said").textContent = fault;
            return;
        }
        byId("race-play").textContent = playing ? "Pause" : "Play";
        last = performance.now();
        if (playing) requestAnimationFrame(frame);
        else {
            pieces = null;
            drawPaths();
            showTable();
            requestAnimationFrame(() => drawLosses());
            byId("said").textContent = paths.map((path, i) => path.end ? `${state.rules[i].rule.type}: value ${plain(path.end[2])} after ${path.steps} updates.` : "").join(" ");
        }
    };

    // ── pictures
    let palette = null, isPaper = false; // asked of the page once, and again when its theme changes or it goes to paper
    const inks = () => palette ??= colours("ground", "accent", "text", ...[1, 2, 3, 4, 5, 6].map(i => `line-${i}`));
    const numbers = colour => colour.match(/[\d.]+/g).slice(0, 3).map(Number);
    const columns = 241, rows = 181; // fine enough for a narrow valley
    const place = () => {
        const canvas = byId("paths"), [left, right, bottom, top] = here().range;
        return { x: v => (v - left) / (right - left) * canvas.width, y: v => (top - v) / (top - bottom) * canvas.height, back: (px, py) => [left + (right - left) * px, top - (top - bottom) * py] };
    };
    const size = canvas => {
        const ratio = Math.min(2, window.devicePixelRatio || 1), width = byId("map").clientWidth;
        canvas.width = width * ratio;
        canvas.height = Math.round(width * 0.72) * ratio;
    };
    // The ground is as high as the logarithm of what lies above the lowest value; lines stand at equal distances of it.
    let drawing = 0;
    const drawMap = async () => {
        const mine = ++drawing, { function: key } = state;
        size(byId("paths"));
        if (grid?.key !== key) {
            const values = await engine.ask("Map", key, columns, rows).catch(() => null);
            if (mine !== drawing || values === null) return; // why, is told beside the rules
            grid = { key, values };
        }
        const canvas = byId("ground"), pen = canvas.getContext("2d"), { width, height } = byId("paths"), image = pen.createImageData(width, height), [paper, accent, text] = inks();
        const work = ground(image, numbers(paper), numbers(accent));
        for (let began = performance.now(); !work.next().done;) {
            if (isPaper || performance.now() - began < patience) continue;
            await new Promise(requestAnimationFrame);
            if (mine !== drawing) return;
            began = performance.now();
        }
        [canvas.width, canvas.height] = [width, height];
        pen.putImageData(image, 0, 0);
        const at = place(), ratio = width / byId("map").clientWidth;
        pen.strokeStyle = text;
        pen.lineWidth = 1.5 * ratio;
        for (const [x, y] of here().minimizers) {
            pen.beginPath();
            for (const [dx, dy] of [[-5, -5], [-5, 5]]) {
                pen.moveTo(at.x(x) + dx * ratio, at.y(y) + dy * ratio);
                pen.lineTo(at.x(x) - dx * ratio, at.y(y) - dy * ratio);
            }
            pen.stroke();
        }
    };
    // Stops after every line of the picture, for whoever draws it to take a breath.
    const ground = function* (image, from, to) {
        const { width, height } = image, pixels = new Uint32Array(image.data.buffer), bands = 16, edge = bands;
        const values = grid.values, low = values.reduce((a, b) => Math.min(a, b), here().minimum ?? Infinity), high = values.reduce((a, b) => Math.max(a, b));
        const scaled = Float64Array.from(values, v => Math.log1p(Math.max(0, v - low) / ((high - low) * 1e-4)) / Math.log1p(1e4));
        const bytes = new Uint8ClampedArray(4 * (bands + 1)), tones = new Uint32Array(bytes.buffer);
        for (let band = 0; band <= bands; band++) {
            const share = band === edge ? 0.4 : 0.02 + 0.2 * band / bands;
            bytes.set([...from.map((c, i) => c + (to[i] - c) * share), 255], 4 * band);
        }
        let above = new Int8Array(width);
        for (let py = 0; py < height; py++) {
            const v = (1 - py / (height - 1)) * (rows - 1), j = Math.min(rows - 2, Math.floor(v)), b = v - j, level = new Int8Array(width);
            for (let px = 0; px < width; px++) {
                const u = px / (width - 1) * (columns - 1), i = Math.min(columns - 2, Math.floor(u)), a = u - i, k = j * columns + i;
                const value = (1 - b) * ((1 - a) * scaled[k] + a * scaled[k + 1]) + b * ((1 - a) * scaled[k + columns] + a * scaled[k + columns + 1]);
                level[px] = Math.min(bands - 1, Math.floor(value * bands));
                const isEdge = (px > 0 && level[px] !== level[px - 1]) || (py > 0 && level[px] !== above[px]);
                pixels[py * width + px] = tones[isEdge ? edge : level[px]];
            }
            above = level;
            yield;
        }
    };
    // Only what is new is added to the lines, and of much that is new a piece a frame. The points on which the rules stand lie above the picture and are moved.
    let waiting = 0;
    const drawPaths = anew => {
        // On paper an empty sheet is white and would hide the ground, so there the lines are on the ground itself.
        const canvas = byId(isPaper ? "ground" : "paths"), pen = canvas.getContext("2d"), at = place(), ratio = canvas.width / byId("map").clientWidth, [, , , ...lines] = inks();
        const clip = v => Math.max(-1e5, Math.min(1e5, v)), [x0, y0] = start(), marks = byId("heads").children;
        const stand = (mark, x, y) => { mark.style.transform = `translate(${clip(at.x(x)) / canvas.width * 100}cqw, ${clip(at.y(y)) / canvas.width * 100}cqw)`; };
        if (anew) {
            if (!isPaper) pen.clearRect(0, 0, canvas.width, canvas.height);
            byId("heads").replaceChildren(...paths.map((_, i) => Object.assign(document.createElement("i"), { style: `background: var(--line-${i + 1})` })), Object.assign(document.createElement("i"), { className: "start" }));
            stand(marks[paths.length], x0, y0);
        }
        pen.lineJoin = "round";
        pen.lineWidth = 1.8 * ratio;
        paths.forEach((path, i) => {
            if (anew) path.drawn = 0;
            if (path.drawn === 0) path.pen = [clip(at.x(x0)), clip(at.y(y0))];
            stand(marks[i], path.end?.[0] ?? x0, path.end?.[1] ?? y0);
            if (path.drawn === path.x.length) return;
            pen.strokeStyle = lines[i];
            pen.beginPath();
            pen.moveTo(...path.pen);
            for (let left = isPaper ? Infinity : segments / paths.length; left > 0 && path.drawn < path.x.length; path.drawn++) {
                const x = clip(at.x(path.x[path.drawn])), y = clip(at.y(path.y[path.drawn]));
                if (Math.abs(x - path.pen[0]) < 0.5 && Math.abs(y - path.pen[1]) < 0.5) continue; // not to be seen
                pen.lineTo(x, y);
                path.pen = [x, y];
                left--;
            }
            pen.stroke();
        });
        cancelAnimationFrame(waiting);
        if (!playing && paths.some(path => path.drawn < path.x.length)) waiting = requestAnimationFrame(() => drawPaths());
    };
    // The axes end at round numbers and are drawn again when the curves outgrow them; in between only the curves move.
    let losses = null;
    const lossesInPieces = function* (anew) {
        const low = here().minimum ?? 0, count = Math.max(10, ...paths.map(p => p.steps));
        const lines = paths.map((path, index) => {
            const every = Math.max(1, Math.ceil(path.at.length / 400)), thin = list => Array.from({ length: Math.floor(list.length / every) }, (_, i) => list[every * (i + 1) - 1]);
            return { x: thin(path.at), y: thin(path.value).map(v => v - low), index };
        });
        // A rule that blows up leaves the picture, and does not push the others out of it.
        const firsts = paths.filter(path => path.end).map(path => path.first - low).sort((a, b) => a - b), ceiling = 100 * firsts[(firsts.length - 1) >> 1] || Infinity;
        let least = Infinity, most = 0;
        for (const { y } of lines) for (const value of y) if (value > 0 && value < Infinity) [least, most] = [Math.min(least, value), Math.max(most, value)];
        most = Math.min(most || 1, ceiling);
        least = Math.min(most / 2, Math.max(least, most * 1e-8));
        if (anew || !losses || count > losses.to || count <= losses.to / 2 || least < losses.low || most > losses.high) {
            const power = 10 ** Math.floor(Math.log10(count)), to = power * [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(m => m * power >= count);
            losses = { to, low: 10 ** Math.floor(Math.log10(least)), high: 10 ** Math.ceil(Math.log10(most)) };
            losses.chart = draw(byId("losses"), lines, { xLog: false, yLog: true, from: 0, ...losses, height: 240, isHeld: true, xTitle: "updates made", yTitle: low === 0 ? "value" : "above the lowest", label: "Value against updates for each rule; the last values are in the table." });
        }
        yield;
        for (const line of lines) {
            losses.chart.show(line, line.index);
            if (line.index % 2) yield;
        }
        losses.chart.put();
    };
    const drawLosses = anew => { for (const _ of lossesInPieces(anew)); };
    const newsInPieces = function* () {
        yield* lossesInPieces();
        yield;
        showTable();
    };
    const drawAll = () => {
        pieces = null;
        drawPaths(true);
        drawLosses(true);
        drawTable();
    };
    const drawTable = () => {
        byId("standing").replaceChildren(
            h("thead", {}, h("tr", {}, ...["", "rule", "updates", "value", "x", "y", ""].map(text => h(text ? "th" : "td", text ? { scope: "col" } : {}, text)))),
            h("tbody", {}, ...state.rules.map(({ rule }, i) => h("tr", {}, h("td", {}, sample(i)), h("td", {}, rule.type), ...[1, 2, 3, 4, 5].map(() => h("td"))))));
        showTable();
    };
    const showTable = () => [...byId("standing").tBodies[0].rows].forEach((row, i) => {
        const [x, y, value] = paths[i].end ?? [...start(), NaN];
        const texts = [plain(paths[i].steps, 9), ...[value, x, y].map(v => Number.isNaN(v) ? "–" : plain(v, 5)), stopped[i] || (isStarted || fault ? "" : "starting")];
        texts.forEach((text, k) => { row.cells[k + 2].textContent = text; });
    });

    // ── what the reader chooses
    const choices = h("select", {}, ...[...defaults.keys()].map(name => h("option", { value: name }, name)));
    const rows6 = () => {
        byId("rules").replaceChildren(...state.rules.map((entry, i) => {
            const choose = choices.cloneNode(true);
            choose.setAttribute("aria-label", `Rule ${i + 1}`);
            const rate = h("input", { type: "text", value: entry.rate, spellcheck: false, "aria-label": `Rate of rule ${i + 1}: a number or a schedule` });
            const slide = h("input", { type: "range", min: -600, max: 200, "aria-label": `Rate of rule ${i + 1}, by factors` });
            const settings = h("textarea", { rows: 2, value: JSON.stringify(entry.rule), spellcheck: false, "aria-label": `Settings of rule ${i + 1} as JSON` });
            const full = h("details", {}, h("summary", {}, "Settings"), settings);
            const remove = h("button", { type: "button", "aria-label": `Remove rule ${i + 1}` }, "Remove");
            // A schedule is not moved by a slider, which would put a number in its place.
            const set = () => { const value = Number(entry.rate); slide.disabled = !(value > 0); if (value > 0) slide.value = 100 * Math.log10(value); };
            choose.value = entry.rule.type;
            set();
            choose.addEventListener("change", () => { entry.rule = ruleOf(choose.value); entry.rate = usual[choose.value] ?? "0.01"; rows6(); begin(); });
            rate.addEventListener("input", () => { entry.rate = rate.value; set(); begin(); });
            slide.addEventListener("input", () => { entry.rate = rate.value = String(Number((10 ** (slide.value / 100)).toPrecision(3))); slide.setAttribute("aria-valuetext", entry.rate); begin(); });
            full.addEventListener("toggle", () => { if (full.open && Object.keys(entry.rule).length === 1) settings.value = defaults.get(entry.rule.type); });
            settings.addEventListener("input", () => {
                try { entry.rule = asRule(JSON.parse(settings.value)); } catch (refused) {
                    settings.setAttribute("aria-invalid", "true");
                    amiss = refused.message;
                    tell();
                    return;
                }
                settings.setAttribute("aria-invalid", "false");
                begin();
            });
            remove.hidden = state.rules.length === 1;
            remove.addEventListener("click", () => { state.rules.splice(i, 1); rows6(); begin(); byId("add-rule").focus(); });
            const element = h("div", { className: "entry" }, h("div", { className: "head" }, sample(i), choose, remove), h("div", { className: "rate" }, rate, slide), full);
            element.style.setProperty("--mine", `var(--line-${i + 1})`);
            return element;
        }));
        byId("add-rule").disabled = state.rules.length === most;
    };
    const curvatureHere = () => engine.ask("Curvature", state.function, ...(here().minimizers[0] ?? start()));
    let hinting = 0, looks = [];
    const hint = async () => {
        for (const { leave } of looks) leave();
        looks = [];
        const mine = ++hinting, { minimizers } = here(), rules = state.rules.map(({ rule, rate }) => ({ rule: JSON.stringify(rule), rate })), curvature = await curvatureHere();
        // A schedule breaks it where its highest rate is above.
        const highest = async rate => {
            if (Number(rate) > 0 || mine !== hinting) return Number(rate); // another hint has begun since
            const look = questions.ask(1, "Look", rate, NaN);
            looks.push(look);
            return JSON.parse(await look.answer).highest;
        };
        const stable = async ({ rule, rate }) => {
            try {
                const words = await engine.ask("LargestRateInWords", rule, curvature);
                if (!words) return [];
                const itsHighest = await highest(rate);
                return words + (itsHighest > await engine.ask("LargestRate", rule, curvature) ? ` (${plain(itsHighest)} is above)` : "");
            } catch { return []; } // it cannot be read, which is told elsewhere
        };
        const stay = curvature > 0 ? (await Promise.all(rules.map(stable))).flat() : [];
        if (mine !== hinting) return;
        byId("race-hint").textContent = curvature > 0
            ? `${minimizers.length ? "At the minimum" : "At the start"} the largest curvature is L = ${plain(curvature)}.${stay.length ? ` Fixed rates that can stay there: ${stay.join(", ")}.` : ""}` : "";
    };
    const choose = () => {
        byId("function").value = state.function;
        const [x, y] = start();
        byId("start-x").value = Number(x.toPrecision(4));
        byId("start-y").value = Number(y.toPrecision(4));
        drawMap();
        begin();
    };

    // A button that goes hands its focus to the one beside it.
    const hideStop = () => {
        if (document.activeElement === byId("stop-sweep")) byId("sweep-rates").focus();
        byId("stop-sweep").hidden = true;
    };
    // ── a sweep: one row a rule, one column a rate, the value after so many updates
    const sweep = async turn => {
        const box = byId("sweep"), rates = 31, steps = 200, from = -5, to = 1;
        const asked = structuredClone({ ...state, start: start() }); // what is changed meanwhile belongs to the next sweep
        const low = here().minimum ?? 0;
        byId("stop-sweep").hidden = false;
        const rateOf = k => 10 ** (from + (to - from) * k / (rates - 1)), curvature = await curvatureHere();
        const largest = async rule => {
            try { return curvature > 0 ? await engine.ask("LargestRate", JSON.stringify(rule), curvature) : NaN; } catch { return NaN; } // it cannot be read, which is told elsewhere
        };
        const firstAbove = rate => { const k = Array.from({ length: rates }, (_, k) => rateOf(k)).findIndex(other => other > rate); return k < 0 ? rates : k; };
        const [limit, ...limits] = await Promise.all([{ type: "sgd" }, ...asked.rules.map(({ rule }) => rule)].map(largest)), limitAt = firstAbove(limit); // of gradient descent it is 2/L
        const atStart = await engine.ask("Value", asked.function, ...asked.start) - low, deep = atStart * 1e-12;
        if (turn !== sweeping) return;
        const table = h("table", { className: "sweep" }, h("caption", {}, `Value after ${steps} updates by rule and rate${limit > 0 ? `; 2/L = ${plain(limit, 3)}` : ""}`));
        // A number stands over every power of ten.
        const every = (rates - 1) / (to - from);
        table.append(h("tr", { className: "scale", "aria-hidden": "true" }, h("th", {}), ...Array.from({ length: to - from }, (_, k) => h("td", { colSpan: every }, plain(10 ** (from + k)))), h("td", {}, plain(10 ** to))));
        if (limit > 0 && limitAt > 0 && limitAt < rates) table.append(h("tr", { className: "limit", "aria-hidden": "true" }, h("th", {}), ...(limitAt < rates / 2
            ? [h("td", { colSpan: limitAt }), h("td", { colSpan: rates - limitAt }, "▾ above 2/L")]
            : [h("td", { colSpan: limitAt, className: "below" }, "below 2/L ▾"), h("td", { colSpan: rates - limitAt })])));
        box.replaceChildren(table);
        byId("said").textContent = `Trying ${rates} rates for ${asked.rules.length === 1 ? "one rule" : `each of ${asked.rules.length} rules`}.`;
        // What is no lower than the start has no colour, the lowest value of all that were tried the strongest; equal ways between are equal factors.
        const told = [], shades = [];
        let least = atStart;
        const shade = ({ cell, value }) => cell.style.setProperty("--share", `${value < atStart && atStart > 0 ? Math.round(100 * Math.log(atStart / Math.max(value, deep)) / Math.log(atStart / least)) : 0}%`);
        for (let i = 0; i < asked.rules.length && turn === sweeping; i++) {
            const cells = [], row = h("tr", {}, h("th", { scope: "row" }, asked.rules[i].rule.type)), edge = firstAbove(limits[i]);
            table.append(row);
            for (let k = 0; k < rates && turn === sweeping; k++) {
                const rate = rateOf(k);
                let value = NaN, one = 0;
                try {
                    one = await engine.ask("BeginRace", JSON.stringify({ ...asked, rules: [{ rule: asked.rules[i].rule, rate: String(rate) }] }));
                    for (let done = 0; done < steps; done += 50) {
                        const answer = await engine.ask("AdvanceRace", one, 50);
                        if (answer[0] < 50) { value = NaN; break; }
                        value = answer.at(-1) - low;
                        if (!await engine.apart) await new Promise(next => setTimeout(next));
                    }
                } catch { /* The rule does not run on this function: the cell stays empty. */ } finally {
                    if (one) engine.ask("EndRace", one).catch(() => {});
                }
                cells.push(value);
                const words = `rate ${plain(rate, 3)}: ${Number.isFinite(value) ? plain(value) : "diverges"}${k >= edge ? ", above its largest stable rate" : ""}`;
                const cell = h("td", { title: words, "aria-label": words });
                if (k === edge) cell.classList.add("edge");
                if (!Number.isFinite(value)) cell.classList.add("none");
                else {
                    shades.push({ cell, value });
                    if (value < least) {
                        least = Math.max(value, deep); // a million millionth of the start is as good as there
                        shades.forEach(shade);
                    } else shade(shades.at(-1));
                }
                row.append(cell);
            }
            const finite = cells.map(v => Number.isFinite(v) ? v : Infinity), best = finite.indexOf(Math.min(...finite));
            if (finite[best] < Infinity) {
                row.children[best + 1].classList.add("best");
                row.append(h("td", { className: "told" }, `best at ${plain(rateOf(best), 2)}`));
            }
            told.push(`${asked.rules[i].rule.type}: ${finite[best] < Infinity ? `best at ${plain(rateOf(best), 2)}` : "no rate works"}.`);
        }
        if (turn !== sweeping) return; // stopped, or another sweep has begun since
        hideStop();
        if (least < atStart) table.caption.append(`. The strongest colour is ${plain(least, 3)}${low === 0 ? "" : " above the lowest value"}, no colour ${plain(atStart, 3)} or more, as at the start.`);
        byId("said").textContent = `All rates are tried. ${told.join(" ")}`;
    };

    // ── the address
    let timer = 0;
    const written = () => `race=${encodeURIComponent(JSON.stringify({ ...state, start: start() }))}`;
    let shown = "";
    const write = () => { shown = keep("optimizers", written()); };
    const remember = () => {
        clearTimeout(timer);
        timer = setTimeout(write, 300);
    };
    /** Reads an address that was not read or written here before; what it does not say is as usual, and what it says wrongly too, in words. */
    const fromAddress = (address = location.hash) => {
        const given = address.slice(1).split("&").find(part => part.startsWith("race="));
        if (!given || address === shown) return false;
        shown = address;
        if (playing) play(false);
        const told = [], next = usually();
        try {
            const read = Object(JSON.parse(decodeURIComponent(given.slice(5)))), says = name => read[name] !== undefined;
            if (functions.some(f => f.key === read.function)) next.function = read.function;
            else if (says("function")) told.push(`there is no function ${JSON.stringify(read.function)}`);
            if (Array.isArray(read.start) && read.start.length === 2 && read.start.every(Number.isFinite)) next.start = read.start;
            else if (says("start") && read.start !== null) told.push("start must be two numbers");
            for (const name of Object.keys(limits)) {
                if (!says(name)) continue;
                if (isRight(name, read[name])) next[name] = read[name];
                else told.push(limits[name].words);
            }
            if (Array.isArray(read.rules)) {
                if (read.rules.length > most) told.push(`only the first ${most} rules race`);
                const rules = [];
                for (const one of read.rules.slice(0, most).map(Object)) try {
                    const rule = asRule(one.rule), isRate = typeof one.rate === "string" || typeof one.rate === "number";
                    rules.push({ rule, rate: isRate ? String(one.rate) : usual[rule.type] ?? "0.01" });
                } catch (refused) { told.push(refused.message.replace(/\.$/, "")); }
                if (rules.length > 0) next.rules = rules;
            } else if (says("rules")) told.push("rules must be a list");
        } catch { told.push("it cannot be read"); }
        Object.assign(state, next);
        amiss = told.length ? `Of the address: ${told.join("; ")}. What is not right is as usual.` : "";
        return true;
    };

    const listen = () => {
        byId("function").addEventListener("change", event => { state.function = event.target.value; state.start = null; choose(); });
        for (const [id, k] of [["start-x", 0], ["start-y", 1]])
            byId(id).addEventListener("input", event => {
                if (!event.target.value || !Number.isFinite(Number(event.target.value))) return;
                state.start = [...start()];
                state.start[k] = Number(event.target.value);
                begin();
            });
        // What is typed now is told of anew.
        byId("optimizers").addEventListener("input", () => { amiss = ""; tell(); }, true);
        for (const id of ["noise", "batch", "seed", "until"])
            byId(id).addEventListener("input", event => {
                const { value: text, validity } = event.target, value = text === "" && !validity.badInput ? null : Number(text || NaN), right = isRight(id, value) && (value !== null || id === "until");
                event.target.setAttribute("aria-invalid", String(!right));
                if (!right) {
                    amiss = `${limits[id].words[0].toUpperCase()}${limits[id].words.slice(1)}.`;
                    tell();
                    return;
                }
                state[id] = value;
                if (id === "until") remember(); else begin();
            });
        byId("speed").addEventListener("change", event => { state.speed = Number(event.target.value); remember(); });
        byId("add-rule").addEventListener("click", () => { state.rules.push({ rule: { type: "adam" }, rate: usual.adam }); rows6(); begin(); });
        byId("race-play").addEventListener("click", () => play(!playing));
        byId("race-step").addEventListener("click", step);
        byId("race-reset").addEventListener("click", () => {
            play(false);
            if (grid?.key !== state.function) drawMap();
            begin();
        });
        link(byId("race-link"), byId("race-sent"), written);
        byId("sweep-rates").addEventListener("click", () => {
            const turn = ++sweeping;
            sweep(turn).catch(refused => {
                if (turn !== sweeping) return; // stopped, lost with its thread, or another sweep has begun since
                hideStop();
                byId("said").textContent = refused.message;
            });
        });
        byId("stop-sweep").addEventListener("click", () => {
            sweeping++;
            hideStop();
            byId("said").textContent = "The rates were not tried to the end.";
        });
        byId("map").addEventListener("click", event => {
            const box = byId("map").getBoundingClientRect();
            state.start = place().back((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
            [byId("start-x").value, byId("start-y").value] = state.start.map(v => Number(v.toPrecision(4)));
            begin();
        });
        const redraw = () => {
            palette = null;
            if (byId("optimizers").hidden) return;
            drawMap();
            drawAll();
        };
        let waiting = 0;
        addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(redraw, 100); });
        document.addEventListener("themechange", redraw);
        for (const [event, goes] of [["beforeprint", true], ["afterprint", false]]) addEventListener(event, () => { isPaper = goes; redraw(); });
        addEventListener("hashchange", () => { if (!byId("optimizers").hidden && fromAddress()) anew(); });
        document.addEventListener("visibilitychange", () => { if (document.hidden) play(false); });
    };

    let ready = false;
    const open = () => {
        const isFirst = !ready;
        if (isFirst) {
            ready = true;
            engine = window.annealLab.engine();
            engine.onlost = lost;
            byId("function").replaceChildren(...functions.map(f => h("option", { value: f.key }, f.name)));
            listen();
        }
        if (fromAddress(isFirst && !isIn("race") ? kept("optimizers") : location.hash) || isFirst) anew();
        else {
            // It stands as it was left; the window may be another size.
            palette = null;
            drawMap();
            drawAll();
            remember();
        }
    };
    const anew = () => {
        for (const id of ["noise", "batch", "seed", "until"]) {
            byId(id).value = state[id] ?? "";
            byId(id).setAttribute("aria-invalid", "false");
        }
        byId("speed").value = String(state.speed);
        byId("noise").closest("details").open = state.noise > 0;
        rows6();
        choose();
    };

    window.annealLab.add({ name: "optimizers", word: "race", write, shown: open, left: () => { if (playing) play(false); } });
})();
