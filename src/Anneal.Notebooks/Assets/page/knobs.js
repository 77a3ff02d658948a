"use strict";

// Knobs of a chart that the library computes: any value, dragged or typed. The library starts when a knob is first touched, and not before;
// where it cannot start, the chart goes back to its stops. What a picture shows is the library's to say; here it is only asked and drawn.
function knobs(box, plot, recipe, places, stops) {
    const scales = {
        Linear: { to: value => value, from: way => way },
        Logarithmic: { to: Math.log, from: Math.exp },
        TowardsOne: { to: value => -Math.log(1 - value), from: way => 1 - Math.exp(-way) },
    };
    const ways = 1000;                // positions of a slider
    const rest = 500;                 // milliseconds without a change before a screen reader is told
    const values = recipe.knobs.map(knob => knob.value);
    const shown = make("p", { className: "told idle", ariaHidden: "true", textContent: "Drag, or type any value." });
    const told = make("p", { className: "aside" });
    told.setAttribute("role", "status");
    let wanted = false, working = false, telling = 0;

    const drawn = list => list.map(value => typeof value === "number" ? value : null);
    const say = text => {
        shown.textContent = text;
        shown.classList.remove("idle");
        clearTimeout(telling);
        telling = setTimeout(() => { told.textContent = text; }, rest);
    };
    // The axes stay where they are while a picture changes: their room is measured once.
    let isStill = false;
    const still = async () => {
        if (isStill) return;
        const { l, r, t, b } = plot._fullLayout._size, axes = Object.keys(plot._fullLayout).filter(key => /^[xy]axis\d*$/.test(key));
        await Plotly.relayout(plot, { margin: { l, r, t, b }, ...Object.fromEntries(axes.map(axis => [`${axis}.automargin`, false])) });
        isStill = true; // where that was refused, it is tried again with the next picture
    };
    const withStops = () => {
        for (const knob of box.querySelectorAll(".knob")) knob.remove();
        shown.before(...stops());
        say("The library does not run in this browser: the slider has only its stops.");
        shown.classList.add("idle"); // nothing that paper could use
    };
    // One picture at a time; what was asked for meanwhile comes next, and only the last of it.
    const work = async () => {
        if (working) return;
        working = true;
        try {
            await start().ready;
        } catch {
            withStops();
            return; // nothing can be asked any more, so it stays at work for ever
        }
        while (wanted) {
            wanted = false;
            try {
                await still();
                const { lines, text } = JSON.parse(await start().ask("Figure", recipe.name, [...values]));
                if (lines.length !== places.length) throw new Error(`The figure has ${lines.length} lines that move, the chart ${places.length}.`);
                await Plotly.restyle(plot, { x: lines.map(line => drawn(line.x)), y: lines.map(line => drawn(line.y)) }, places);
                plot.dispatchEvent(new Event("acted"));
                say(text);
            } catch (refused) {
                say(refused.message);
            }
            await new Promise(next => requestAnimationFrame(next));
        }
        working = false;
    };
    // One for all figures of the page, on a thread of its own.
    const start = () => {
        if (!knobs.library) {
            knobs.library = window.anneal.worker();
            knobs.library.ready.catch(() => {}); // reported where something is asked
        }
        return knobs.library;
    };
    const ask = () => { wanted = true; work(); };

    const control = (knob, i) => {
        const { to, from } = scales[knob.scale], low = to(knob.min), high = to(knob.max);
        const place = value => Math.round((to(value) - low) / (high - low) * ways);
        // A dragged value has as many digits as a pixel is worth; the ends are the ends.
        const fine = 10 ** (Math.floor(Math.log10(knob.max - knob.min)) - 2);
        const value = way => {
            if (way <= 0 || way >= ways) return way <= 0 ? knob.min : knob.max;
            const exact = from(low + (high - low) * way / ways);
            const short = knob.whole ? Math.round(exact)
                : knob.scale === "Logarithmic" ? Number(exact.toPrecision(3))
                : knob.scale === "TowardsOne" ? Number((1 - Number((1 - exact).toPrecision(2))).toPrecision(6))
                : Number((Math.round(exact / fine) * fine).toPrecision(6));
            return Math.min(knob.max, Math.max(knob.min, short));
        };
        const slide = make("input", { type: "range", min: 0, max: ways, step: 1, value: place(knob.value) });
        const typed = make("input", { type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false, value: String(knob.value), ariaLabel: `${knob.name}: type any value` });
        const tell = () => slide.setAttribute("aria-valuetext", String(values[i]));
        slide.addEventListener("input", () => {
            values[i] = value(Number(slide.value));
            typed.value = String(values[i]);
            typed.removeAttribute("aria-invalid");
            tell();
            ask();
        });
        typed.addEventListener("input", () => {
            const read = numbers.value(typed.value), right = read >= knob.min && read <= knob.max && (!knob.whole || Number.isInteger(read));
            typed.setAttribute("aria-invalid", String(!right));
            if (!right) {
                say(`${knob.name} is a ${knob.whole ? "whole " : ""}number from ${knob.min} to ${knob.max}.`);
                return;
            }
            values[i] = read;
            slide.value = place(read);
            tell();
            ask();
        });
        for (const input of [slide, typed]) input.addEventListener("pointerdown", () => { if (window.anneal) start(); }, { once: true });
        tell();
        return make("div", { className: "knob" }, make("label", {}, make("span", { textContent: knob.name }), slide), typed);
    };
    box.append(...recipe.knobs.map(control), shown, told);
}
