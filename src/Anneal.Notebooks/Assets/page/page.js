(() => {
    "use strict";
    const root = document.documentElement;
    // Asked of the prototype: an element of an output could hide a function of the document behind its name, if one ever got here.
    const all = selector => [...Document.prototype.querySelectorAll.call(document, selector)];
    const byId = id => Document.prototype.getElementById.call(document, id);

    // Light, dark, or as the system has it; the choice is remembered.
    const themes = { "": "Theme: system", light: "Theme: light", dark: "Theme: dark" };
    const themeButton = byId("theme");
    const showTheme = () => { themeButton.textContent = themes[root.dataset.theme ?? ""]; };
    themeButton.hidden = false;
    showTheme();
    themeButton.addEventListener("click", () => {
        const order = Object.keys(themes);
        const next = order[(order.indexOf(root.dataset.theme ?? "") + 1) % order.length];
        if (next) root.dataset.theme = next; else delete root.dataset.theme;
        try { localStorage.setItem("theme", next); } catch { /* Not remembered where storage is forbidden. */ }
        showTheme();
        document.dispatchEvent(new Event("themechange"));
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new Event("themechange")));

    // All code, all checks: what this reader wants to see is remembered, and holds on every page.
    const remembered = key => { try { return localStorage.getItem(key) === "open"; } catch { return false; } };
    const fold = (id, key, selector) => {
        const button = byId(id), folds = all(selector);
        if (!button) return;
        let open = remembered(key);
        const show = () => {
            for (const box of folds) box.open = open;
            button.setAttribute("aria-pressed", String(open));
        };
        button.hidden = false;
        if (open) show();
        button.addEventListener("click", () => {
            open = !open;
            try { localStorage.setItem(key, open ? "open" : ""); } catch { /* Not remembered where storage is forbidden. */ }
            show();
        });
    };
    fold("show-code", "code", "main details.source:not(.read)");
    fold("show-checks", "checks", "main details.claims");

    // The lists of lessons and of further pages close when the reader goes elsewhere.
    for (const list of all("details.lessons")) {
        document.addEventListener("click", event => { if (!list.contains(event.target)) list.open = false; });
        list.addEventListener("keydown", event => {
            if (event.key !== "Escape") return;
            list.open = false;
            list.querySelector("summary").focus();
        });
    }

    // A picture that moves can be stopped, and stands still for those who asked for that.
    for (const button of all("button.pause")) {
        const picture = byId(button.getAttribute("aria-controls"));
        const show = paused => { button.textContent = paused ? "Play" : "Pause"; };
        button.hidden = false;
        if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
            picture.setCurrentTime(8); // where it rests
            picture.pauseAnimations();
        }
        show(picture.animationsPaused());
        button.addEventListener("click", () => {
            if (picture.animationsPaused()) picture.unpauseAnimations(); else picture.pauseAnimations();
            show(picture.animationsPaused());
        });
    }

    // A copy button on every block of code.
    const copyText = async (text, box) => {
        try {
            await navigator.clipboard.writeText(text);
            return true;
        } catch { // No clipboard for files in some browsers: select the text, so that one key copies it.
            getSelection().selectAllChildren(box);
            return document.execCommand("copy");
        }
    };
    for (const box of all("main .source")) {
        const code = box.querySelector("pre.code");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "copy";
        button.textContent = "Copy";
        button.setAttribute("aria-label", "Copy this code");
        button.addEventListener("click", async () => {
            button.textContent = await copyText(code.textContent, code) ? "Copied" : "Selected";
            setTimeout(() => { button.textContent = "Copy"; }, 1600);
        });
        (box.localName === "details" ? code : box).before(button);
        if (box.localName === "div") box.prepend(button);
    }

    // A displayed formula that is too wide for the screen is set smaller, to 70 % at the least; one that is wider still scrolls.
    const formulas = all("main .katex-display");
    const fit = () => {
        for (const formula of formulas) formula.style.fontSize = "";
        const shares = formulas.map(formula => formula.scrollWidth > formula.clientWidth + 1 ? formula.clientWidth / formula.scrollWidth : 1);
        formulas.forEach((formula, i) => { if (shares[i] < 1) formula.style.fontSize = `${Math.max(0.7, 0.99 * shares[i])}em`; });
    };

    // A box whose content is wider or higher than itself can be reached and scrolled by keyboard.
    const boxes = all("main .scroll, main pre, .katex-display");
    const reach = () => {
        fit();
        for (const box of boxes) {
            const wide = box.scrollWidth > box.clientWidth + 1;
            if (wide || box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
            else box.removeAttribute("tabindex");
            box.classList.toggle("wide", wide);
            box.classList.toggle("at-end", wide && box.scrollLeft + box.clientWidth > box.scrollWidth - 2);
        }
    };
    reach();
    for (const box of boxes)
        box.addEventListener("scroll", () => box.classList.toggle("at-end", box.scrollLeft + box.clientWidth > box.scrollWidth - 2), { passive: true });
    addEventListener("resize", reach);
    document.addEventListener("toggle", reach, true);
    document.fonts?.ready.then(reach);

    // The table of contents shows where the reader is; on a narrow screen it begins folded.
    const [contents] = all("nav.contents");
    if (contents) {
        if (!matchMedia("(min-width: 68rem)").matches) contents.querySelector("details").open = false;
        const links = [...contents.querySelectorAll("a")];
        const headings = links.map(link => byId(decodeURIComponent(link.hash.slice(1))));
        let current = null, waiting = false;
        const follow = () => {
            waiting = false;
            const passed = headings.findLastIndex(heading => heading.getBoundingClientRect().top < 110);
            const end = scrollY > 0 && scrollY + innerHeight >= document.body.scrollHeight - 2;
            const link = end ? links.at(-1) : links[passed];
            if (link === current) return;
            current?.removeAttribute("aria-current");
            link?.setAttribute("aria-current", "location");
            current = link;
            if (link && contents.scrollHeight > contents.clientHeight)
                contents.scrollTop = link.offsetTop - contents.clientHeight / 2;
        };
        addEventListener("scroll", () => {
            if (!waiting) requestAnimationFrame(follow);
            waiting = true;
        }, { passive: true });
        follow();
    }
})();
