(() => {
    "use strict";
    const narrow = matchMedia("(max-width: 34rem)");
    const touch = matchMedia("(pointer: coarse)");

    // The colours of the page, asked of the page: they change with its theme.
    const probe = document.body.appendChild(document.createElement("span"));
    probe.hidden = true;
    const colour = name => {
        probe.style.color = `var(--${name})`;
        return getComputedStyle(probe).color;
    };
    const theme = layout => {
        const [text, quiet, line, ground, raised] = ["text", "quiet", "line", "ground", "raised"].map(colour);
        const changes = {
            paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
            "font.color": text, "font.family": getComputedStyle(document.querySelector("figcaption")).fontFamily,
            "legend.bgcolor": "rgba(0,0,0,0)", "legend.bordercolor": line,
            "hoverlabel.bgcolor": raised, "hoverlabel.bordercolor": line, "hoverlabel.font.color": text,
            "modebar.bgcolor": "rgba(0,0,0,0)", "modebar.color": quiet, "modebar.activecolor": text,
        };
        const axes = new Set(["xaxis", "yaxis", ...Object.keys(layout).filter(key => /^[xy]axis\d*$/.test(key))]);
        for (const axis of axes)
            Object.assign(changes, { [`${axis}.gridcolor`]: line, [`${axis}.zerolinecolor`]: line, [`${axis}.linecolor`]: quiet, [`${axis}.tickcolor`]: quiet });
        (layout.annotations ?? []).forEach((given, i) => {
            if (given.name === "end") return;
            changes[`annotations[${i}].font.color`] = text;
            changes[`annotations[${i}].arrowcolor`] = quiet;
        });
        return changes;
    };
    const apply = (target, changes) => {
        for (const [path, value] of Object.entries(changes)) {
            const keys = path.replaceAll("[", ".").replaceAll("]", "").split(".");
            const last = keys.pop();
            keys.reduce((node, key) => node[key] ??= {}, target)[last] = value;
        }
    };

    // Sliders and buttons become controls of the page: they work by keyboard and follow the theme.
    const act = async (plot, step) => {
        if (["animate", "relayout", "restyle", "update"].includes(step.method)) {
            const done = Plotly[step.method](plot, ...(step.args ?? []));
            // An animation that the next one interrupts ends with a rejection, which is no fault.
            await (step.method === "animate" ? done.catch(() => {}) : done);
        }
        plot.dispatchEvent(new Event("acted"));
    };
    const slider = (plot, given, n) => {
        const steps = given.steps ?? [];
        const label = document.createElement("label"), name = document.createElement("span");
        const input = document.createElement("input"), output = document.createElement("span");
        output.className = "value";
        output.setAttribute("aria-hidden", "true"); // the slider itself says its value
        const prefix = given.currentvalue?.prefix ?? "";
        name.textContent = prefix.replace(/[:=\s]+$/, "") || given.name || `Slider ${n + 1}`;
        Object.assign(input, { type: "range", min: 0, max: steps.length - 1, step: 1, value: given.active ?? 0 });
        const show = () => {
            const words = `${steps[input.value]?.label ?? ""}${given.currentvalue?.suffix ?? ""}`;
            output.textContent = words;
            input.setAttribute("aria-valuetext", words);
        };
        input.addEventListener("input", () => { show(); act(plot, steps[input.value]); });
        plot.on("plotly_animatingframe", ({ name }) => { // an animation that plays takes its slider along
            plot.atFrame = name;
            const at = steps.findIndex(step => step.args?.[0]?.[0] === name);
            if (at < 0) return;
            input.value = at;
            show();
        });
        show();
        label.append(name, input, output);
        return label;
    };
    // A chart that opens at its last step plays from the first; one that was stopped half-way goes on.
    const fromHere = (plot, given) => {
        const [frames, options] = given.args ?? [];
        const names = (plot._transitionData?._frames ?? []).map(frame => frame.name);
        if (given.method !== "animate" || !options?.fromcurrent || !Array.isArray(frames) || frames[0] == null) return given;
        return { ...given, args: [frames, { ...options, fromcurrent: plot.atFrame !== undefined && plot.atFrame !== names.at(-1) }] };
    };
    const buttons = (plot, menu) => (menu.buttons ?? []).map(given => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = given.label;
        button.addEventListener("click", () => act(plot, fromHere(plot, given)));
        return button;
    });

    // The legend is text of the page too: long names wrap, and a key shows or hides a line.
    const svg = (name, attributes) => {
        const element = document.createElementNS("http://www.w3.org/2000/svg", name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        return element;
    };
    const dashes = { solid: "", dot: "2 3", dash: "7 4", longdash: "11 4", dashdot: "7 3 2 3", longdashdot: "11 3 2 3" };
    const sample = trace => {
        const picture = svg("svg", { width: 30, height: 12, viewBox: "0 0 30 12", "aria-hidden": "true" });
        const colour = trace.line?.color ?? trace.marker?.color ?? trace.fillcolor ?? "currentColor";
        const lines = trace.type === "scatter" && trace.mode?.includes("lines");
        if (lines) picture.append(svg("path", {
            d: "M1 6H29", stroke: colour, "stroke-width": Math.min(trace.line.width, 4),
            "stroke-dasharray": dashes[trace.line.dash] ?? trace.line.dash.replaceAll("px", ""),
        }));
        if (trace.type === "scatter" ? trace.mode?.includes("markers") : !lines) {
            const fill = trace.marker?.color ?? colour;
            picture.append(trace.type === "scatter" ? svg("circle", { cx: 15, cy: 6, r: 4, fill: Array.isArray(fill) ? fill[0] : fill })
                : svg("rect", { x: 9, y: 0, width: 12, height: 12, fill: Array.isArray(fill) ? fill[0] : fill }));
        }
        return picture;
    };
    const legend = plot => {
        const list = document.createElement("ul");
        list.className = "legend";
        const show = () => {
            const shown = plot._fullData.filter(trace => trace.showlegend && trace.visible !== false);
            list.replaceChildren(...shown.map(trace => {
                const item = document.createElement("li"), button = document.createElement("button");
                const visible = trace.visible === true;
                button.type = "button";
                button.setAttribute("aria-pressed", String(visible));
                button.append(sample(trace), Object.assign(document.createElement("span"), { textContent: trace.name.replaceAll("<br>", " ") }));
                button.addEventListener("click", async () => {
                    const place = shown.indexOf(trace);
                    const group = trace.legendgroup ? plot._fullData.filter(t => t.legendgroup === trace.legendgroup) : [trace];
                    await Plotly.restyle(plot, { visible: visible ? "legendonly" : true }, group.map(t => t.index));
                    show();
                    list.querySelectorAll("button")[place]?.focus();
                });
                item.append(button);
                return item;
            }));
        };
        show();
        plot.addEventListener("acted", show);
        return list;
    };

    // Few lines are named at their ends, in their own colours: nobody has to match colours with a list.
    const room = matchMedia("(min-width: 48rem)");
    const mostLabels = 6, longestLabel = 26, labelHeight = 18, labelSize = 13, labelShift = 8;
    const canLabel = (chart, layout) => {
        const named = chart.data.filter(trace => trace.showlegend !== false && trace.name);
        const grows = x => x.every((value, i) => typeof value === "number" && (i === 0 || value >= x[i - 1]));
        return room.matches && !(chart.frames?.length) && !layout.sliders?.length && !layout.xaxis2 && !layout.yaxis2
            && layout.showlegend !== false && named.length > 1 && named.length <= mostLabels
            && named.every(trace => (trace.type ?? "scatter") === "scatter" && trace.mode?.includes("lines") && trace.fill === undefined
                && trace.x?.length > 1 && trace.x.length === trace.y?.length && grows(trace.x) && trace.name.replaceAll("<br>", " ").length <= longestLabel);
    };
    const labelEnds = plot => {
        const { xaxis, yaxis } = plot._fullLayout;
        const ends = plot._fullData.filter(trace => trace.showlegend !== false && trace.name && trace.mode?.includes("lines")).map(trace => {
            const inside = i => {
                const x = xaxis.d2p(trace.x[i]), y = yaxis.d2p(trace.y[i]);
                return trace.y[i] !== null && Number.isFinite(x) && Number.isFinite(y) && x >= -1 && x <= xaxis._length + 1 && y >= -1 && y <= yaxis._length + 1;
            };
            let last = trace.x.length - 1;
            while (last >= 0 && !inside(last)) last--;
            return last < 0 ? null : { trace, x: xaxis.d2p(trace.x[last]), y: yaxis.d2p(trace.y[last]) };
        });
        // A line that ends far from the right edge would be named in the middle of the others.
        if (ends.some(end => end === null || end.x < 0.9 * xaxis._length)) return null;
        ends.sort((a, b) => a.y - b.y);
        ends.forEach((end, i) => { end.at = i > 0 ? Math.max(end.y, ends[i - 1].at + labelHeight) : end.y; });
        for (let i = ends.length - 1, below = yaxis._length + labelHeight / 2; i >= 0; below = ends[i].at - labelHeight, i--)
            ends[i].at = Math.min(ends[i].at, below);
        return ends.every(end => Math.abs(end.at - end.y) <= 3 * labelHeight) ? ends : null;
    };
    const direct = async plot => {
        const ends = labelEnds(plot);
        if (!ends) return false;
        const { xaxis, yaxis } = plot._fullLayout;
        await Plotly.relayout(plot, {
            annotations: [...(plot.layout.annotations ?? []), ...ends.map(({ trace, x, y, at }) => ({
                name: "end", text: trace.name.replaceAll("<br>", " "), xref: "paper", yref: "paper", xanchor: "left", yanchor: "middle", align: "left", showarrow: false,
                x: Math.min(x / xaxis._length, 1), y: 1 - at / yaxis._length, xshift: labelShift, font: { color: trace.line.color, size: labelSize },
            }))],
        });
        return true;
    };

    // Numbers of an axis that would run into each other: every second one goes, or all but the powers of ten.
    const space = { x: 44, y: 16 };
    const spread = layout => {
        for (const axis of Object.keys(layout).filter(key => /^[xy]axis\d*$/.test(key))) {
            if (layout[axis].type !== "log" || typeof layout[axis].dtick !== "string") continue;
            const [low, high] = layout[axis].range ?? [];
            const [from, to] = layout[axis].domain ?? [0, 1];
            const pixels = (axis[0] === "x" ? (innerWidth > 1088 ? 640 : Math.min(innerWidth, 720) - 110) : 300) * (to - from);
            if (low !== undefined && 3 * (high - low) * space[axis[0]] > pixels) layout[axis].dtick = 1;
        }
    };
    // The name of an axis below stands on as few lines as its drawing is wide.
    const titles = plot => {
        const pen = document.createElement("canvas").getContext("2d"), changes = {}, { width } = plot._fullLayout;
        const axes = Object.keys(plot._fullLayout).filter(key => /^xaxis\d*$/.test(key));
        for (const name of axes) {
            const axis = plot._fullLayout[name], text = axis.title?.text ?? "", words = text.split(/<br>|\s/).filter(Boolean);
            if (words.length < 2 || /<(?!br>)/.test(text)) continue;
            pen.font = `${axis.title.font.size}px ${axis.title.font.family}`;
            const middle = axis._offset + axis._length / 2, room = axes.length > 1 ? axis._length : 2 * Math.min(middle, width - middle);
            const lines = words.slice(1).reduce(([line, ...done], word) => pen.measureText(`${line} ${word}`).width < room - 8 ? [`${line} ${word}`, ...done] : [word, line, ...done], [words[0]]).reverse();
            if (lines.join("<br>") !== text && lines.length !== text.split("<br>").length) changes[`${name}.title.text`] = lines.join("<br>");
        }
        return changes;
    };
    const overlap = plot => {
        const changes = {};
        for (const name of Object.keys(plot._fullLayout).filter(key => /^[xy]axis\d*$/.test(key))) {
            const axis = plot._fullLayout[name], letter = name[0], id = axis._id;
            const boxes = [...plot.querySelectorAll(`.${id}tick text`)].map(text => text.getBoundingClientRect()).filter(box => box.width > 0);
            const ends = boxes.map(box => letter === "x" ? [box.left, box.right] : [box.top, box.bottom]).sort((a, b) => a[0] - b[0]);
            if (!ends.some((end, i) => i > 0 && end[0] < ends[i - 1][1] + (letter === "x" ? 3 : -2))) continue;
            if (axis.type === "log") changes[`${name}.dtick`] = typeof axis.dtick === "string" ? 1 : 2 * axis.dtick;
            else if (axis.tickmode === "array") changes[`${name}.tickvals`] = axis.tickvals.filter((_, i) => i % 2 === 0);
            else changes[`${name}.nticks`] = Math.max(2, Math.floor(boxes.length / 2));
        }
        if (Object.keys(changes).length > 0) return changes;
        // Side by side, the last number of one panel runs into the first of the next: the last one goes.
        const panels = Object.keys(plot._fullLayout).filter(key => /^xaxis\d*$/.test(key)).map(name => {
            const axis = plot._fullLayout[name];
            return { name, axis, boxes: [...plot.querySelectorAll(`.${axis._id}tick text`)].map(text => text.getBoundingClientRect()).filter(box => box.width > 0) };
        }).filter(panel => panel.boxes.length > 1);
        for (const { name, axis, boxes } of panels) {
            const last = boxes.reduce((a, b) => a.right > b.right ? a : b);
            const runsInto = panels.some(other => other.name !== name && other.boxes.some(box => box.left < last.right + 5 && box.right > last.right && box.top < last.bottom && box.bottom > last.top));
            if (!runsInto || axis.type === "log") continue;
            changes[`${name}.tickmode`] = "array";
            changes[`${name}.tickvals`] = axis._vals.map(tick => tick.x).sort((a, b) => a - b).slice(0, -1);
        }
        return Object.keys(changes).length > 0 ? changes : null;
    };

    // Panels side by side leave a phone no room: there they stand below each other, and the drawing grows as many times higher.
    const panelsOf = layout => Object.keys(layout).filter(key => /^xaxis\d*$/.test(key)).map(key => ({ x: layout[key], y: layout[key.replace("x", "y")] }))
        .sort((a, b) => (b.y?.domain?.[0] ?? 0) - (a.y?.domain?.[0] ?? 0) || (a.x.domain?.[0] ?? 0) - (b.x.domain?.[0] ?? 0));
    const isPanels = layout => layout.xaxis2 !== undefined && layout.yaxis2 !== undefined;
    const stack = (layout, data) => {
        const panels = isPanels(layout) ? panelsOf(layout) : [];
        const ownAxes = ({ x, y }) => x.domain && y?.domain && x.showticklabels !== false && y.showticklabels !== false;
        if (!narrow.matches || !panels.every(ownAxes) || panels.every(({ x }) => x.domain[1] - x.domain[0] > 0.9)) return 1;
        const rows = new Set(panels.map(({ y }) => y.domain[0])).size, count = panels.length;
        const gap = 0.3 / count, size = (1 - gap * (count - 1)) / count;
        panels.forEach(({ x, y }, i) => {
            const top = 1 - i * (size + gap);
            x.domain = [0, 1];
            y.domain = [Math.max(top - size, 0), top];
        });
        for (const { colorbar, yaxis } of data) // each as high as its panel
            if (colorbar?.len !== undefined) Object.assign(colorbar, { y: layout[yaxis.replace("y", "yaxis")].domain[1] - size / 2, len: size });
        return panels.length / rows;
    };

    // A chart that cannot be drawn says so in its place, and the others are drawn.
    const draw = async figure => {
        try {
            await drawChart(figure);
        } catch (error) {
            figure.querySelector(".plot").textContent = `This chart cannot be drawn: ${error.message}`;
        }
        figure.classList.add("drawn");
    };
    const drawChart = async figure => {
        const plot = figure.querySelector(".plot");
        const chart = JSON.parse(figure.querySelector("script").textContent);
        const layout = chart.layout;
        const { sliders = [], updatemenus = [] } = layout;
        delete layout.sliders;
        delete layout.updatemenus;
        delete layout.width;
        plot.style.height = `${plot.clientHeight * stack(layout, chart.data)}px`;
        Object.assign(layout, { autosize: true, height: plot.clientHeight });
        layout.margin = { t: 24, r: narrow.matches ? 8 : 24, b: 56, l: narrow.matches ? 52 : 72, ...(layout.margin ?? {}), ...(narrow.matches ? { r: 8 } : {}) };
        // The title has left the drawing; those of panels stand in it, over one or more lines.
        layout.margin.t = isPanels(layout) ? Math.max(layout.margin.t - 24, 24) : Math.min(layout.margin.t, 24);
        if (touch.matches) layout.dragmode = false; // a finger on the chart scrolls the page
        apply(layout, theme(layout));
        const config = { displaylogo: false, modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"], ...chart.config, responsive: true };
        // A pie's legend names its slices, not its traces: that one plotly.js draws itself.
        const named = chart.data.every(trace => trace.type !== "pie")
            && (layout.showlegend ?? chart.data.filter(trace => trace.showlegend !== false).length > 1);
        const labelled = named && canLabel(chart, layout);
        if (named) layout.showlegend = false;
        if (labelled) {
            const pen = document.createElement("canvas").getContext("2d");
            pen.font = `${labelSize}px ${layout.font.family}`;
            const widest = Math.max(...chart.data.filter(trace => trace.showlegend !== false && trace.name).map(trace => pen.measureText(trace.name.replaceAll("<br>", " ")).width));
            layout.margin.r = Math.max(layout.margin.r, Math.ceil(widest) + labelShift + 8);
        }
        // Where one axis follows the other's scale, little room and margins that follow the labels chase each other, and plotly.js gives up with a warning: the margins stay.
        if (narrow.matches)
            for (const { scaleanchor } of Object.values(layout).filter(axis => axis?.scaleanchor))
                for (const axis of Object.values(layout).filter(axis => axis?.scaleanchor === scaleanchor).concat(layout[`${scaleanchor[0]}axis${scaleanchor.slice(1)}`])) axis.automargin = false;
        spread(layout);
        await Plotly.newPlot(plot, { data: chart.data, layout, config, frames: chart.frames ?? [] });
        const titled = titles(plot);
        if (Object.keys(titled).length > 0) await Plotly.relayout(plot, titled);
        for (let again = 0, changes; again < 3 && (changes = overlap(plot)); again++) await Plotly.relayout(plot, changes);
        const isDirect = labelled && await direct(plot);
        if (labelled && !isDirect) await Plotly.relayout(plot, { "margin.r": 24 });
        const controls = document.createElement("div");
        controls.className = "controls";
        const stops = () => sliders.map((given, n) => slider(plot, given, n));
        controls.append(...updatemenus.flatMap(menu => buttons(plot, menu)));
        if (figure.dataset.live) knobs(controls, plot, JSON.parse(figure.dataset.live), chart.frames?.[0]?.traces ?? chart.data.map((_, i) => i), stops);
        else controls.append(...stops());
        if (controls.childElementCount) plot.after(controls);
        if (named && !isDirect) plot.after(legend(plot));
        if (isDirect) {
            const zoomed = changes => {
                if (!Object.keys(changes).some(key => /^[xy]axis.*range/.test(key))) return;
                plot.removeListener("plotly_relayout", zoomed);
                Plotly.relayout(plot, { annotations: plot.layout.annotations.filter(given => given.name !== "end") });
                plot.after(legend(plot)); // the ends have moved: names go back into a list
            };
            plot.on("plotly_relayout", zoomed);
        }
    };

    const waiting = new Set(Document.prototype.querySelectorAll.call(document, "figure.chart"));
    const drawOnce = figure => waiting.delete(figure) ? draw(figure) : undefined;
    const drawn = () => [...document.querySelectorAll(".plot.js-plotly-plot")];

    // What is near the reader first, the rest when there is time, everything before printing.
    const observer = new IntersectionObserver(entries => {
        for (const { target, isIntersecting } of entries)
            if (isIntersecting) {
                observer.unobserve(target);
                drawOnce(target);
            }
    }, { rootMargin: "600px" });
    for (const figure of waiting) observer.observe(figure);
    const soon = window.requestIdleCallback ?? (work => setTimeout(work, 200));
    const drawNext = () => soon(async () => {
        const [figure] = waiting;
        if (!figure) return;
        await drawOnce(figure);
        drawNext();
    });
    drawNext();

    const recolour = () => drawn().forEach(plot => Plotly.relayout(plot, theme(plot.layout)));
    document.addEventListener("themechange", recolour);
    const paper = print => {
        probe.style.colorScheme = print ? "light" : ""; // paper is white, whatever the screen is
        [...waiting].forEach(drawOnce);
        recolour();
    };
    addEventListener("beforeprint", () => paper(true));
    addEventListener("afterprint", () => paper(false));
})();
