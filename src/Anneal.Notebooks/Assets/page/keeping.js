"use strict";

// The record of this browser, for the scripts after this one.
const kept = (() => {
    let storage = null;
    try { storage = localStorage; } catch { /* Forbidden: answers last as long as the page. */ }
    return record(storage, () => new Date());
})();

// Calls back when another tab has changed the record: once for many changes in a row, since a file that is loaded there makes one for each answer.
function onOtherTab(changed) {
    let waiting = 0;
    addEventListener("storage", event => {
        if (event.key !== null && !event.key.startsWith(kept.prefix)) return;
        clearTimeout(waiting);
        waiting = setTimeout(changed, 50);
    });
}

// Gives the reader a file.
function saveFile(name, type, text) {
    const url = URL.createObjectURL(new Blob([text], { type }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// Buttons that write the record to a file and read one; `more` are further ones.
function recordTools(changed, ...more) {
    const status = make("p", {});
    status.setAttribute("role", "status");
    const save = make("button", { type: "button", textContent: "Save my answers" });
    save.addEventListener("click", () => {
        const notes = kept.notes().filter(({ text }) => text !== "").length; // an emptied note is in the file too, so that it is empty elsewhere
        saveFile("anneal-answers.json", "application/json", kept.exported());
        status.textContent = `Saved: ${kept.answers().length} answers${notes ? ` and ${notes} notes` : ""} of all lessons in this browser.`;
    });
    const choose = make("input", { type: "file", accept: "application/json,.json", id: "load-answers", hidden: true });
    const load = make("button", { type: "button", textContent: "Load answers" });
    load.addEventListener("click", () => choose.click());
    choose.addEventListener("change", async () => {
        if (choose.files.length === 0) return;
        const { error, added, known, refused, full, notes, apart } = kept.imported(await choose.files[0].text());
        choose.value = "";
        status.textContent = error ?? `${added} answers added, ${known} were here already${notes ? `, ${notes} notes added or brought up to date` : ""}`
            + `${apart ? `, ${apart} of them kept in both versions` : ""}${refused ? `, ${refused} could not be read` : ""}${full ? `, ${full} found no room in this browser` : ""}.`;
        changed();
    });
    const apart = location.protocol === "file:" && /firefox/i.test(navigator.userAgent)
        ? "This browser keeps them for each page apart: take them from page to page as a file."
        : "Some browsers keep them for each page apart: then take them along as a file.";
    return make("div", { className: "record" }, make("p", {}, `Answers and notes stay in this browser; nothing leaves this machine. ${apart}`), save, " ", load, choose, ...more.flatMap(button => [" ", button]), status);
}
