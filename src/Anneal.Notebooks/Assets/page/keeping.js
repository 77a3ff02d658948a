"use strict";

// The record of this browser, for the scripts after this one.
const kept = (() => {
    let storage = null;
    try { storage = localStorage; } catch { /* Forbidden: answers last as long as the page. */ }
    return record(storage, () => new Date());
})();

// What this browser could not keep, and no file has yet, goes with the page: it asks before it is closed.
addEventListener("beforeunload", event => { if (kept.isAtRisk()) event.preventDefault(); });

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

// What was saved, and what was loaded, in words.
function savedWords(answers, notes) {
    return `Saved: ${counted(answers, "answer")}${notes ? ` and ${counted(notes, "note")}` : ""} of all lessons in this browser.`;
}

function loadedWords({ error, added, known, refused, full, notes, apart }) {
    return error ?? `${counted(added, "answer")} added, ${known} ${known === 1 ? "was" : "were"} here already${notes ? `, ${counted(notes, "note")} added or brought up to date` : ""}`
        + `${apart ? `, ${apart} of them kept in both versions` : ""}${refused ? `, ${refused} could not be read` : ""}${full ? `, ${full} found no room in this browser` : ""}.`;
}

// Adds a file's record to this browser's, and says what became of it: a file may be gone or locked when it is read.
async function loadRecord(file) {
    let text;
    try {
        text = await file.text();
    } catch (error) {
        return `${file.name} could not be read: ${error.message} Nothing was changed. Choose it again, or a copy of it.`;
    }
    return loadedWords(kept.imported(text));
}

// Buttons that write the record to a file and read one; `more` are further ones.
function recordTools(changed, ...more) {
    const status = make("p", {});
    status.setAttribute("role", "status");
    const save = make("button", { type: "button", textContent: "Save my answers" });
    save.addEventListener("click", () => {
        const notes = kept.notes().filter(({ text }) => text !== "").length; // an emptied note is in the file too, so that it is empty elsewhere
        saveFile("anneal-answers.json", "application/json", kept.exported());
        status.textContent = savedWords(kept.answers().length, notes);
    });
    const choose = make("input", { type: "file", accept: "application/json,.json", id: "load-answers", hidden: true });
    const load = make("button", { type: "button", textContent: "Load answers" });
    load.addEventListener("click", () => choose.click());
    choose.addEventListener("change", async () => {
        if (choose.files.length === 0) return;
        status.textContent = await loadRecord(choose.files[0]);
        choose.value = ""; // the same file may be chosen again
        changed();
    });
    const apart = location.protocol === "file:" && /firefox/i.test(navigator.userAgent)
        ? "This browser keeps them for each page apart: take them from page to page as a file."
        : "Some browsers keep them for each page apart: then take them along as a file.";
    return make("div", { className: "record" }, make("p", {}, `Answers and notes stay in this browser; nothing leaves this machine. ${apart}`), save, " ", load, choose, ...more.flatMap(button => [" ", button]), status);
}
