// Draws lines as SVG. It is given numbers and gives a picture; what they mean is the library's affair.
(() => {
    "use strict";
    const svg = (name, attributes, ...children) => {
        const element = document.createElementNS("http://www.w3.org/2000/svg", name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        element.append(...children);
        return element;
    };

    /** A number as people write it: 0.003, 3e-5, 12,000. */
    const plain = (value, digits = 4) => {
        if (!Number.isFinite(value)) return String(value);
        if (value === 0) return "0";
        const rounded = Number(value.toPrecision(digits)), size = Math.abs(rounded);
        if (size < 1e-3 || size >= 1e9) return rounded.toExponential().replace("e+", "e");
        return rounded.toLocaleString("en-US", { maximumSignificantDigits: digits });
    };

    const nice = (from, to, count) => {
        const raw = (to - from) / count, power = 10 ** Math.floor(Math.log10(raw)), step = [1, 2, 5, 10].find(m => m * power >= raw) * power;
        const ticks = [];
        for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) ticks.push(i * step);
        return ticks;
    };
    const powers = (from, to, most) => {
        const low = Math.ceil(Math.log10(from) - 1e-9), high = Math.floor(Math.log10(to) + 1e-9);
        if (high - low < 1) return nice(from, to, 4).filter(tick => tick > 0);
        const every = Math.max(1, Math.ceil((high - low + 1) / most));
        return Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => 10 ** (low + i * every));
    };

    /** Where on a way of so many pixels a value lies, and back. */
    const scale = (from, to, start, end, logarithmic) => {
        const up = logarithmic ? Math.log : v => v, down = logarithmic ? Math.exp : v => v;
        const a = up(from), b = up(to), span = b - a || 1;
        return {
            at: value => start + (end - start) * (up(value) - a) / span,
            back: pixel => down(a + span * (pixel - start) / (end - start)),
            ticks: count => logarithmic ? powers(from, to, count) : nice(from, to, count),
            holds: value => Number.isFinite(value) && (!logarithmic || value > 0),
        };
    };

    const dashes = ["", "9 4", "3 3", "12 3 3 3", "16 4", "6 2 2 2 2 2"];

    /**
     * @param box      where it goes
     * @param lines    [{ x: [], y: [], index }]: index chooses colour and dash
     * @param options  { xLog, yLog, from, to, xTitle, yTitle, marks: [{ x, index }], ceiling, cursor, height }
     */
    const draw = (box, lines, options) => {
        const colour = name => {
            const probe = box.appendChild(document.createElement("span"));
            probe.style.color = `var(--${name})`;
            const value = getComputedStyle(probe).color;
            probe.remove();
            return value;
        };
        const [text, quiet, line] = ["text", "quiet", "line"].map(colour), mine = [1, 2, 3, 4, 5, 6].map(i => colour(`line-${i}`));
        const width = Math.max(280, box.clientWidth), height = options.height ?? (width < 500 ? 280 : 380);
        const left = 70, right = width - 14, top = 10, bottom = height - 46;
        const all = lines.flatMap(l => l.y).filter(v => Number.isFinite(v) && (!options.yLog || v > 0));
        let high = all.length ? all.reduce((a, b) => Math.max(a, b)) : 1, low = all.length ? all.reduce((a, b) => Math.min(a, b)) : 0;
        high = Math.min(high, options.ceiling ?? high);
        if (options.yLog) {
            low = Math.max(low, high * 1e-8);
            if (low === high) [low, high] = [low / 2, high * 2];
            [low, high] = [low / 1.15, high * 1.15];
        } else {
            low = Math.min(0, low);
            high = high > low ? high + (high - low) * 0.04 : low + 1;
        }
        const x = scale(options.from, options.to, left, right, options.xLog), y = scale(low, high, bottom, top, options.yLog);
        const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": options.label ?? "", "font-size": 12.5, fill: text });
        const clip = `clip-${box.id}`;
        picture.append(svg("defs", {}, svg("clipPath", { id: clip }, svg("rect", { x: left, y: top - 4, width: right - left, height: bottom - top + 8 }))));
        for (const tick of y.ticks(width < 500 ? 5 : 7)) {
            if (y.at(tick) < top - 1 || y.at(tick) > bottom + 1) continue;
            picture.append(svg("path", { d: `M${left} ${y.at(tick)}H${right}`, stroke: line }),
                svg("text", { x: left - 8, y: y.at(tick) + 4, "text-anchor": "end", fill: quiet }, plain(tick)));
        }
        let end = -Infinity;
        for (const tick of x.ticks(width < 500 ? 4 : 8)) {
            const at = x.at(tick), half = plain(tick).length * 3.6;
            if (at < left - 1 || at > right + 1) continue;
            picture.append(svg("path", { d: `M${at} ${bottom}v5`, stroke: quiet }));
            const middle = Math.min(at, width - half - 2);
            if (middle - half < end + 6) continue;
            end = middle + half;
            picture.append(svg("text", { x: middle, y: bottom + 19, "text-anchor": "middle", fill: quiet }, plain(tick)));
        }
        picture.append(svg("path", { d: `M${left} ${top}V${bottom}H${right}`, stroke: quiet, fill: "none" }),
            svg("text", { x: (left + right) / 2, y: height - 8, "text-anchor": "middle" }, options.xTitle),
            svg("text", { x: 13, y: (top + bottom) / 2, "text-anchor": "middle", transform: `rotate(-90 13 ${(top + bottom) / 2})` }, options.yTitle));
        const inside = svg("g", { "clip-path": `url(#${clip})`, fill: "none" });
        for (const mark of options.marks ?? [])
            if (x.holds(mark.x)) inside.append(svg("path", { d: `M${x.at(mark.x)} ${top}V${bottom}`, stroke: mine[mark.index], "stroke-dasharray": "1 4", opacity: 0.8 }));
        for (const { x: xs, y: ys, index } of lines) {
            let path = "", drawing = false;
            for (let i = 0; i < xs.length; i++) {
                if (!x.holds(xs[i]) || !y.holds(ys[i])) { drawing = false; continue; }
                path += `${drawing ? "L" : "M"}${x.at(xs[i]).toFixed(2)} ${Math.max(-1e4, Math.min(1e4, y.at(ys[i]))).toFixed(2)}`;
                drawing = true;
            }
            inside.append(svg("path", { d: path, stroke: mine[index], "stroke-width": 2.2, "stroke-dasharray": dashes[index], "stroke-linejoin": "round" }));
        }
        const cursor = svg("path", { stroke: quiet, "stroke-width": 1 });
        inside.append(cursor);
        picture.append(inside);
        box.replaceChildren(picture);
        return {
            picture,
            valueAt: event => {
                const place = picture.getBoundingClientRect();
                return x.back(Math.max(left, Math.min(right, (event.clientX - place.left) * width / place.width)));
            },
            point: value => cursor.setAttribute("d", x.holds(value) && value >= options.from && value <= options.to ? `M${x.at(value)} ${top}V${bottom}` : ""),
        };
    };

    /** A short piece of a line, as its key. */
    const sample = index => svg("svg", { width: 30, height: 10, viewBox: "0 0 30 10", "aria-hidden": "true" },
        svg("path", { d: "M1 5H29", stroke: `var(--line-${index + 1})`, "stroke-width": 2.4, "stroke-dasharray": dashes[index], fill: "none" }));

    /** A curve as a small picture, from shares of its height. */
    const sketch = shares => svg("svg", { viewBox: "0 -2 100 44", preserveAspectRatio: "none", "aria-hidden": "true" },
        svg("polyline", { points: shares.map((share, i) => `${(100 * i / (shares.length - 1)).toFixed(1)},${(40 * (1 - share)).toFixed(1)}`).join(" "), "vector-effect": "non-scaling-stroke" }));

    window.annealChart = { draw, plain, sample, sketch, svg };
})();
