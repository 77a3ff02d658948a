"use strict";

// Where a reader writes about a section: Markdown, kept by this browser, shown below as it reads. Long notes are told, and never cut off.
function noteEditor(place, title, changed) {
    const most = 8_000, number = new Intl.NumberFormat("en");
    const text = make("textarea", { rows: 4, value: kept.note(place)?.text ?? "" }), count = make("p", { className: "count" }), shown = make("div", { className: "shown" });
    const status = make("p", { className: "told" });
    status.setAttribute("role", "status");
    text.setAttribute("aria-label", `Your note on “${title}”, in Markdown`);
    let base = kept.note(place), waiting = 0;
    const show = () => {
        const length = text.value.length;
        count.textContent = `${number.format(length)} of ${number.format(most)} characters`
            + (length > most ? `: ${number.format(length - most)} more than a note should have. All of it is kept; two shorter notes are easier to find again.` : "");
        count.classList.toggle("over", length > most);
        shown.replaceChildren(...markdown(text.value));
    };
    const save = () => {
        clearTimeout(waiting);
        if (text.value === (base?.text ?? "")) return;
        const saved = kept.write(place, text.value, base);
        base = saved;
        if (saved.apart) text.value = saved.text;
        status.textContent = [
            saved.apart ? "Another tab had changed this note: both texts are here, one below the other." : "",
            saved.kept ? "" : "This browser could not keep the note: its storage is full or switched off. “Save my answers” writes a file that has it.",
        ].filter(Boolean).join(" ");
        show();
        changed();
    };
    text.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(save, 400);
        show();
    });
    text.addEventListener("change", save);
    addEventListener("pagehide", save);
    show();
    return {
        element: make("div", { className: "writing" }, text, count, status, shown),
        // What is being typed stays; what was changed elsewhere is shown.
        refresh: () => {
            if (text.value !== (base?.text ?? "")) return;
            base = kept.note(place);
            text.value = base?.text ?? "";
            show();
        },
    };
}

// The first words of a note, for a line.
function noteLine(text) {
    const words = text.replace(/\s+/g, " ").trim();
    return words.length > 70 ? `${words.slice(0, 68)}…` : words;
}

// A folded note at the end of every section of a lesson, but for its quiz and its sources.
function notes(lesson) {
    const main = Document.prototype.getElementById.call(document, "main"), editors = [];
    const block = element => { while (element.parentElement !== main) element = element.parentElement; return element; };
    const headings = [...main.querySelectorAll("h2")];
    headings.forEach((heading, i) => {
        const next = headings[i + 1], title = [...heading.childNodes].filter(node => !node.classList?.contains("here")).map(node => node.textContent).join("").trim();
        if (!next || title === "Sources" || title === "What do you know now?") return;
        const place = `${lesson}/${title}`, summary = make("summary", {});
        const label = () => {
            const text = kept.note(place)?.text ?? "";
            summary.textContent = text ? `Your note: ${noteLine(text)}` : "Your note";
        };
        const editor = noteEditor(place, title, label);
        label();
        editors.push({ refresh: () => { editor.refresh(); label(); } });
        (block(next) === block(heading) ? next : block(next)).before(make("details", { className: "note" }, summary, editor.element));
    });
    const refresh = () => { for (const editor of editors) editor.refresh(); };
    onOtherTab(refresh);
    return { refresh };
}
