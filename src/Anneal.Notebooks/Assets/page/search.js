(() => {
    "use strict";
    // A section is a heading of the second level and what follows it, in the text and in the table of contents.
    const main = Document.prototype.getElementById.call(document, "main");
    const headings = [...main.querySelectorAll("h2")];
    const sections = headings.map(heading => {
        const parts = [heading];
        for (let next = heading.nextElementSibling; next && next.localName !== "h2"; next = next.nextElementSibling) parts.push(next);
        const rows = parts.flatMap(part => part.localName === "ul" ? [...part.children] : []);
        const entry = [...document.querySelectorAll("nav.contents a")].find(link => link.hash === "#" + heading.id)?.parentElement;
        return { name: heading.textContent.toLowerCase(), text: parts.map(part => part.textContent).join(" ").toLowerCase(), parts, rows, entry };
    });
    const label = document.createElement("label"), field = document.createElement("input"), status = document.createElement("p");
    field.type = "search";
    field.autocomplete = "off";
    field.spellcheck = false;
    label.append("Search on this page ", field);
    status.setAttribute("role", "status");
    const fits = (text, words) => words.every(word => text.includes(word));
    field.addEventListener("input", () => {
        const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
        let shown = 0;
        for (const section of sections) {
            const fit = fits(section.text, words);
            shown += fit ? 1 : 0;
            for (const part of [...section.parts, section.entry]) if (part) part.hidden = !fit;
            for (const row of section.rows) row.hidden = !fits(section.name, words) && !fits(row.textContent.toLowerCase(), words);
        }
        status.textContent = words.length === 0 ? "" : `${shown} of ${sections.length} sections`;
    });
    main.querySelector("h1").after(label, status);
})();
