// Draws lines as SVG. It is given numbers and gives a picture; what they mean is the library's affair.
(() => {
    "use strict";
    const svg = (name, attributes, ...children) => {
        const element = document.createElementNS("http://www.w3.org/2000/svg", name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        element.append(...children);
        return element;
    };

    const formats = new Map(); // making one costs far more than using it
    const format = digits => formats.get(digits) ?? formats.set(digits, new Intl.NumberFormat("en-US", { maximumSignificantDigits: digits })).get(digits);
    /** A number as people write it: 0.003, 3e-5, 12,000. */
    const plain = (value, digits = 4) => {
        if (!Number.isFinite(value)) return String(value);
        if (value === 0) return "0";
        const rounded = Number(value.toPrecision(digits)), size = Math.abs(rounded);
        if (size < 1e-3 || size >= 1e9) return rounded.toExponential().replace("e+", "e");
        return format(digits).format(rounded);
    };

    const nice = (from, to, count) => {
        const raw = (to - from) / count, power = 10 ** Math.floor(Math.log10(raw)), step = [1, 2, 5, 10].find(m => m * power >= raw) * power;
        const ticks = [];
        // Beyond 2⁵³ adding 1 changes nothing, so the ticks are counted, and those that are the same number are one.
        const first = Math.ceil(from / step - 1e-9);
        for (let k = 0; k <= 2 * count && (first + k) * step <= to + step * 1e-9; k++) ticks.push((first + k) * step);
        return [...new Set(ticks)];
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

    let isPaper = false; // paper is white, whatever the screen is
    for (const [event, goes] of [["beforeprint", true], ["afterprint", false]]) addEventListener(event, () => { isPaper = goes; });
    /** What the page's colours are now, by name: for canvases, and for pictures that leave the page. Drawings in the page refer to them, and so follow its theme and go to paper in the light. */
    const colours = (...names) => {
        const box = document.createElement("div");
        box.style.colorScheme = isPaper ? "light" : "";
        box.append(...names.map(name => Object.assign(document.createElement("span"), { style: `color: var(--${name})` })));
        document.querySelector(".lab").append(box);
        const values = [...box.children].map(probe => getComputedStyle(probe).color);
        box.remove();
        return values;
    };
    const [text, quiet, line] = ["text", "quiet", "line"].map(name => `var(--${name})`), mine = index => `var(--line-${index + 1})`;

    const dashes = ["", "9 4", "3 3", "12 3 3 3", "16 4", "6 2 2 2 2 2"];

    /**
     * @param box      where it goes
     * @param lines    [{ x: [], y: [], index, isPast }]: index chooses colour and dash, and what no longer holds is pale
     * @param options  { xLog, yLog, from, to, xTitle, yTitle, marks: [{ x, index }], low, high, height, isHeld }: low and high are found in the lines where they
     *                 are not given; what is held back is put into the box later
     */
    const draw = (box, lines, options) => {
        const width = Math.max(280, box.clientWidth), height = options.height ?? (width < 500 ? 280 : 380);
        const left = 70, right = width - 14, top = 10, bottom = height - 46;
        let { low, high } = options;
        if (low === undefined) {
            const all = lines.flatMap(l => l.y).filter(v => Number.isFinite(v) && (!options.yLog || v > 0));
            [low, high] = all.length ? [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))] : [0, 1];
            if (options.yLog) {
                low = Math.max(low, high * 1e-8);
                if (low === high) [low, high] = [low / 2, high * 2];
                [low, high] = [low / 1.15, high * 1.15];
            } else {
                low = Math.min(0, low);
                high = high > low ? high + (high - low) * 0.04 : low + 1;
            }
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
            if (x.holds(mark.x)) inside.append(svg("path", { d: `M${x.at(mark.x)} ${top}V${bottom}`, stroke: mine(mark.index), "stroke-dasharray": "1 4", opacity: 0.8 }));
        const tenth = pixels => Math.round(10 * pixels) / 10;
        const way = ({ x: xs, y: ys }) => {
            let path = "", drawing = false;
            for (let i = 0; i < xs.length; i++) {
                if (!x.holds(xs[i]) || !y.holds(ys[i])) { drawing = false; continue; }
                path += `${drawing ? "L" : "M"}${tenth(x.at(xs[i]))} ${tenth(Math.max(-1e4, Math.min(1e4, y.at(ys[i]))))}`;
                drawing = true;
            }
            return path;
        };
        const curves = lines.map(({ index, isPast }) => svg("path", { stroke: mine(index), opacity: isPast ? 0.4 : 1, "stroke-width": 2.2, "stroke-dasharray": dashes[index], "stroke-linejoin": "round" }));
        const show = (line, i) => curves[i].setAttribute("d", way(line)), put = () => { if (picture.parentNode !== box) box.replaceChildren(picture); };
        if (!options.isHeld) lines.forEach(show);
        inside.append(...curves);
        const cursor = svg("path", { class: "cursor", stroke: quiet, "stroke-width": 1 });
        inside.append(cursor);
        picture.append(inside);
        if (!options.isHeld) put();
        return {
            picture,
            /** Shows the line of this place in the list. */
            show,
            put,
            valueAt: event => {
                const place = picture.getBoundingClientRect();
                return x.back(Math.max(left, Math.min(right, (event.clientX - place.left) * width / place.width)));
            },
            point: value => cursor.setAttribute("d", x.holds(value) && value >= options.from && value <= options.to ? `M${x.at(value)} ${top}V${bottom}` : ""),
        };
    };

    /** A short piece of a line, as its key. */
    const sample = index => svg("svg", { width: 30, height: 10, viewBox: "0 0 30 10", "aria-hidden": "true" },
        svg("path", { d: "M1 5H29", stroke: mine(index), "stroke-width": 2.4, "stroke-dasharray": dashes[index], fill: "none" }));

    /** A curve as a small picture, from shares of its height. */
    const sketch = shares => svg("svg", { viewBox: "0 -2 100 44", preserveAspectRatio: "none", "aria-hidden": "true" },
        svg("polyline", { points: shares.map((share, i) => `${(100 * i / (shares.length - 1)).toFixed(1)},${(40 * (1 - share)).toFixed(1)}`).join(" "), "vector-effect": "non-scaling-stroke" }));

    window.annealChart = { draw, colours, plain, sample, sketch, svg };
})();
