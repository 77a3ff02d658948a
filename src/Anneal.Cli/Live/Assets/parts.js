// The lab's parts: what their scripts share, and the tabs that choose between them.
(() => {
    "use strict";
    const byId = id => document.getElementById(id);
    const attributes = ["aria-label", "aria-invalid", "aria-describedby", "aria-hidden", "role", "scope", "for"];
    const h = (name, properties = {}, ...children) => {
        const element = Object.assign(document.createElement(name), properties);
        for (const key of attributes) if (key in properties) element.setAttribute(key, properties[key]);
        element.append(...children.filter(child => child !== null));
        return element;
    };
    const later = (wait, work) => {
        let timer = 0;
        return (...given) => {
            clearTimeout(timer);
            timer = setTimeout(() => work(...given), wait);
        };
    };
    const copy = async (text, button) => {
        const label = button.dataset.label ??= button.textContent; // it may be pressed again while it says that it did
        try {
            await navigator.clipboard.writeText(text);
        } catch { // no clipboard for files in some browsers
            const box = document.body.appendChild(h("textarea", { value: text, className: "aside" }));
            box.select();
            document.execCommand("copy");
            box.remove();
            button.focus();
        }
        button.textContent = "Copied";
        say("Copied.");
        setTimeout(() => { button.textContent = label; }, 1500);
    };
    /** A button that copies the address of what is shown, and a place to say what to do with it and what it does or does not hold. */
    const link = (button, said, written, holds = () => "") => button.addEventListener("click", async () => {
        copy(`${location.href.split("#")[0]}#${await written()}`, button);
        // Nobody else has this file at this place.
        said.textContent = [location.protocol === "file:" ? "The link opens this file. Where the lab lies elsewhere, put what begins with # behind its address there." : "", holds()].join(" ").trim();
    });
    // A text that was pasted stands in the address as it is, or deflated, behind a tilde, where that is shorter and the browser can do it.
    const longest = 8_000;       // characters: what mail and messengers take
    const largest = 1_000_000;   // characters that an address may unfold to
    const packed = async given => {
        const text = given.toWellFormed?.() ?? given; // half a letter, as of a text cut in two, has no place in an address
        const plain = encodeURIComponent(text).replace(/^~/, "%7E");
        if (!window.CompressionStream || plain.length < 200) return plain;
        const bytes = new Uint8Array(await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer());
        const short = `~${btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
        return short.length < plain.length ? short : plain;
    };
    const unpacked = async text => {
        if (!text.startsWith("~")) return decodeURIComponent(text);
        const bytes = Uint8Array.from(atob(text.slice(1).replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
        const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).pipeThrough(new TextDecoderStream()).getReader();
        let whole = "";
        for (let part; !(part = await reader.read()).done;) {
            whole += part.value;
            if (whole.length > largest) throw new Error("it is too long");
        }
        return whole;
    };
    /** A box for a pasted text, and its place in the address: `written` is that part of the address, `settled` is over when it is up to date, `holds` says what of it a link has. */
    const pasted = (box, said, word, changed) => {
        let text = "", short = "", work = Promise.resolve(), turn = 0;
        const isTooLong = () => short.length > longest;
        const settle = value => {
            short = value;
            said.textContent = isTooLong() ? `This text is too long for a link: it takes ${value.length.toLocaleString("en")} characters there, and ${longest.toLocaleString("en")} are the most. A link goes without it.` : "";
            changed();
        };
        const take = () => {
            if (box.value === text) return;
            [text, short] = [box.value, ""];
            const mine = ++turn;
            work = (text.trim() === "" ? Promise.resolve("") : packed(text)).then(value => { if (mine === turn) settle(value); });
        };
        box.addEventListener("input", later(300, take));
        return {
            settled: async () => { take(); await work; },
            written: () => short === "" || isTooLong() ? null : `${word}=${short}`,
            holds: () => short === "" ? "" : isTooLong() ? "It does not hold the pasted text, which is too long." : "It holds the pasted text too.",
            /** Puts what an address says into the box; returns whether there was something that could be read, or null where another text came meanwhile. */
            open: async value => {
                const mine = ++turn;
                let found = "", fault = "";
                try { found = await unpacked(value ?? ""); } catch (one) { fault = `The pasted text in the address cannot be read: ${one.message.replace(/\.$/, "")}.`; }
                if (mine !== turn) return null;
                box.value = text = found;
                short = found ? value : "";
                said.textContent = fault;
                return Boolean(found);
            },
        };
    };
    const save = (content, name) => {
        if (content === undefined || content === null) return; // nothing was written: the page says why
        const url = typeof content === "string" ? URL.createObjectURL(new Blob([content], { type: "text/plain" })) : URL.createObjectURL(content);
        h("a", { href: url, download: name }).click();
        setTimeout(() => URL.revokeObjectURL(url), 10_000);
    };
    const say = later(800, text => { byId("said").textContent = text; });
    // What is still wider than its box can be scrolled by keyboard.
    const reach = () => {
        for (const box of document.querySelectorAll(".lab .scroll")) {
            if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
            else box.removeAttribute("tabindex");
        }
    };

    /** What the library always answers in the same way; the page was written with it. */
    const offers = JSON.parse(byId("lab-offers").textContent);

    // The library on a thread of its own, started when a part first has something long to ask.
    let apart = null;
    const engine = () => apart ??= window.anneal.worker();

    // Each part is a tab and a panel, and one word of the address is its own; others may be too.
    const parts = [];
    const isIn = (word, hash = location.hash) => hash.slice(1).split("&").some(part => part.startsWith(`${word}=`));
    const current = () => parts.find(part => !byId(part.name).hidden);
    // The address has room for one part. What the others show is kept beside it in the tab's history, so that it is still there when the page is loaded again.
    const addresses = { ...history.state?.parts };
    /** Writes the address of what a part shows, and returns it. */
    const keep = (name, text) => {
        addresses[name] = `#${text}`;
        const isHere = current()?.name === name;
        history.replaceState({ parts: addresses }, "", isHere ? addresses[name] : location.hash);
        return isHere ? location.hash : addresses[name];
    };
    /** The address of what a part showed when the page was left. */
    const kept = name => addresses[name] ?? "";
    const select = name => {
        for (const part of parts) {
            const on = part.name === name, tab = byId(`tab-${part.name}`), was = !byId(part.name).hidden;
            tab.setAttribute("aria-selected", String(on));
            tab.tabIndex = on ? 0 : -1;
            byId(part.name).hidden = !on;
            if (was && !on) part.left?.();
        }
        parts.find(part => part.name === name).shown?.();
        reach();
    };
    /** Adds a part: the name of its panel, its word in the address, what to do when it is shown or left, and how to write the address of what it shows. */
    const add = part => {
        parts.push(part);
        const tab = byId(`tab-${part.name}`);
        tab.addEventListener("click", () => select(part.name));
        tab.addEventListener("keydown", event => {
            const at = parts.indexOf(part), to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: parts.length - 1 }[event.key];
            if (to === undefined) return;
            event.preventDefault();
            const other = parts.at(to % parts.length).name;
            byId(`tab-${other}`).focus();
            select(other);
        });
    };
    addEventListener("hashchange", () => {
        const asked = parts.find(part => isIn(part.word)) ?? parts.find(part => part.words?.some(word => isIn(word)));
        // What names no part, such as the place the skip link goes to, changes nothing, and the address says again what is shown.
        if (!asked) current()?.write?.();
        else if (asked !== current()) select(asked.name);
    });
    /** Shows the part that the address asks for. */
    const begin = () => {
        byId("tabs").hidden = false;
        select((parts.find(part => isIn(part.word)) ?? parts[0]).name);
    };

    window.annealLab = { byId, h, later, copy, link, pasted, save, say, reach, engine, offers, isIn, keep, kept, add, select, begin };
})();
