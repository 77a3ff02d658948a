// What a reader answered, kept by this browser alone. Every answer has a key of its own: two open tabs cannot overwrite each other,
// and records from elsewhere are merged by adding what is not there yet. This file knows no page, so that tests can run it alone.
const record = ((storage, now) => {
    "use strict";
    const prefix = "anneal/1/answer/", version = 1;
    const isAnswer = answer => answer !== null && typeof answer === "object" && typeof answer.item === "string" && answer.item.length <= 200
        && typeof answer.right === "boolean" && Number.isInteger(answer.variant) && typeof answer.at === "string" && !Number.isNaN(Date.parse(answer.at));

    const keys = () => {
        try { return Array.from({ length: storage.length }, (_, i) => storage.key(i)).filter(key => key?.startsWith(prefix)); } catch { return []; }
    };
    const read = key => {
        try {
            const answer = JSON.parse(storage.getItem(key));
            return isAnswer(answer) ? { id: key.slice(prefix.length), ...answer } : null;
        } catch { return null; }
    };
    // In the order they were given; those of one moment in the order of their ids, so that every tab sees the same.
    const answers = () => keys().map(read).filter(Boolean).sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1));

    // False where it could not be kept: storage is full or forbidden.
    const put = ({ id, ...answer }) => {
        try {
            storage.setItem(prefix + id, JSON.stringify(answer));
            return true;
        } catch { return false; }
    };
    const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, "0")).join("");
    const add = (item, variant, right) => {
        const answer = { id: newId(), item, variant, right, at: now().toISOString() };
        return { ...answer, kept: put(answer) };
    };

    const exported = () => JSON.stringify({ type: "anneal-record", version, answers: answers() }, null, 1);
    const imported = text => {
        let file;
        try { file = JSON.parse(text); } catch { return { error: "This file is not JSON. Choose one that “Save my answers” wrote." }; }
        if (file?.type !== "anneal-record" || !Array.isArray(file.answers)) return { error: "This is not a record of answers. Choose a file that “Save my answers” wrote." };
        if (!(file.version <= version)) return { error: `This record has the version ${file.version}; this page knows versions up to ${version}. Nothing was changed.` };
        const have = new Set(keys()), good = file.answers.filter(answer => isAnswer(answer) && /^[0-9a-z-]{1,64}$/.test(answer.id));
        const fresh = good.filter(answer => !have.has(prefix + answer.id)), kept = fresh.filter(put);
        return { added: kept.length, known: good.length - fresh.length, refused: file.answers.length - good.length, full: fresh.length - kept.length };
    };
    const clear = () => { for (const key of keys()) try { storage.removeItem(key); } catch { /* Nothing was kept. */ } };

    return { prefix, answers, add, exported, imported, clear };
});
