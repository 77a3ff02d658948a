// What a reader answered and noted, kept by this browser alone. Every answer has a key of its own: two open tabs cannot overwrite each other,
// and records from elsewhere are merged by adding what is not there yet. A note knows its earlier versions: a newer one replaces them, and two that
// grew apart are both kept, one below the other. Versions that may lie in a file or in another browser it knows for good, of the others only the latest.
// This file knows no page, so that tests can run it alone.
const record = ((storage, now, versions) => {
    "use strict";
    const prefix = "anneal/1/", answerPrefix = `${prefix}answer/`, notePrefix = `${prefix}note/`, version = 2, mostVersions = versions ?? 1_000;
    const isId = id => typeof id === "string" && /^[0-9a-z-]{1,64}$/.test(id);
    const areIds = ids => Array.isArray(ids) && ids.every(isId);
    const isMoment = at => typeof at === "string" && !Number.isNaN(Date.parse(at));
    const isThing = thing => thing !== null && typeof thing === "object";
    const isAnswer = answer => isThing(answer) && typeof answer.item === "string" && answer.item.length <= 200
        && typeof answer.right === "boolean" && Number.isInteger(answer.variant) && isMoment(answer.at);
    const isNote = note => isThing(note) && isId(note.id) && typeof note.text === "string" && isMoment(note.at) && areIds(note.past)
        && (note.left === undefined || areIds(note.left));
    const isPlace = place => typeof place === "string" && place.length > 0 && place.length <= 300;

    // What the storage has no room for lasts as long as the page, and is in the file that is saved.
    const homeless = new Map();
    let unsaved = false; // something of it is in no file
    const keys = start => {
        let kept = [];
        try { kept = Array.from({ length: storage.length }, (_, i) => storage.key(i)); } catch { /* Forbidden. */ }
        return [...new Set([...kept, ...homeless.keys()])].filter(key => key?.startsWith(start));
    };
    const parsed = text => {
        try { return JSON.parse(text); } catch { return null; }
    };
    const stored = key => {
        try { return storage.getItem(key); } catch { return null; }
    };
    // False where it could not be kept: storage is full or forbidden.
    const put = (key, value) => {
        const text = JSON.stringify(value);
        try {
            storage.setItem(key, text);
            homeless.delete(key);
            return true;
        } catch {
            unsaved ||= homeless.get(key) !== text;
            homeless.set(key, text);
            return false;
        }
    };
    const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, "0")).join("");

    // FNV-1a from two starts.
    const mixed = text => [2166136261, 3339675911].map(start => [...text].reduce((hash, c) => Math.imul(hash ^ c.codePointAt(0), 16777619) >>> 0, start).toString(16).padStart(8, "0")).join("");

    const read = key => {
        const answer = parsed(homeless.get(key) ?? stored(key));
        return isAnswer(answer) ? { id: key.slice(answerPrefix.length), ...answer } : null;
    };
    // In the order they were given; those of one moment in the order of their ids, so that every tab sees the same. Those from more than a day
    // ahead were given under a wrong clock and come first: what is answered from now on is the last answer.
    const answers = () => {
        const tomorrow = now().getTime() + 86_400_000, given = ({ at }) => Date.parse(at), place = answer => given(answer) > tomorrow ? 0 : 1;
        return keys(answerPrefix).map(read).filter(Boolean).sort((a, b) => place(a) - place(b) || given(a) - given(b) || (a.id < b.id ? -1 : 1));
    };
    const putAnswer = ({ id, item, variant, right, at }) => put(answerPrefix + id, { item, variant, right, at });
    const add = (item, variant, right) => {
        const answer = { id: newId(), item, variant, right, at: now().toISOString() };
        return { ...answer, kept: putAnswer(answer) };
    };

    // The place of a note is lesson/heading. `past` are the versions before it; `left` are those of them, and the note itself, that left this browser
    // in a file or came in one. A note of an earlier program does not say which did: any may have.
    const withLeft = note => ({ ...note, left: note.left ?? [note.id, ...note.past] });
    // What is stored, and what found no room here: another tab may have stored a version since.
    const versionsOf = place => [stored(notePrefix + place), homeless.get(notePrefix + place)].map(parsed).filter(isNote).map(found => ({ place, ...withLeft(found) }));
    const note = place => versionsOf(place).reduce(joined, null);
    const notes = () => keys(notePrefix).map(key => note(key.slice(notePrefix.length))).filter(Boolean).sort((a, b) => (a.place < b.place ? -1 : 1));
    const putNote = ({ place, id, text, at, past, left }) => {
        const forGood = new Set(left);
        let others = 0;
        return put(notePrefix + place, { id, text, at, past: past.filter(id => forGood.has(id) || others++ < mostVersions), left });
    };
    const union = (...lists) => [...new Set(lists.flat())];
    // The same version, with more of those before it known to have left; the same object where that is nothing new.
    const withMoreLeft = (note, left) => left.every(id => note.left.includes(id)) ? note
        : { ...note, past: union(note.past, left).filter(id => id !== note.id), left: union(note.left, left) };
    const joined = (ours, theirs) => {
        if (!ours) return theirs;
        if (theirs.past.includes(ours.id)) return withMoreLeft(theirs, ours.left);
        if (ours.past.includes(theirs.id) || (ours.id === theirs.id && ours.text === theirs.text)) return withMoreLeft(ours, theirs.left);
        // Whoever joins the same two gets the same note, so that two machines which exchange their records agree: it may be elsewhere already.
        const [first, second] = [ours, theirs].sort((a, b) => (a.id < b.id ? -1 : 1)), id = mixed(`${first.id} ${second.id}`);
        const text = ours.text.includes(theirs.text) ? ours.text : theirs.text.includes(ours.text) ? theirs.text : `${first.text}\n\n---\n\n${second.text}`;
        return {
            place: ours.place, id, text, at: ours.at > theirs.at ? ours.at : theirs.at,
            past: union([ours.id, theirs.id], ours.past, theirs.past), left: union([id], ours.left, theirs.left),
        };
    };
    // `base` is the version that the reader saw while writing; another tab may have kept one since.
    const write = (place, text, base) => {
        const mine = { place, id: newId(), text, at: now().toISOString(), past: base ? [base.id, ...base.past] : [], left: base?.left ?? [] };
        const kept = versionsOf(place).reduce((both, other) => joined(other, both), mine);
        return { ...kept, kept: putNote(kept), apart: kept.text !== text };
    };

    const exported = () => {
        for (const note of notes())
            if (!note.left.includes(note.id) || homeless.has(notePrefix + note.place)) putNote({ ...note, left: union([note.id], note.left) });
        unsaved = false;
        return JSON.stringify({ type: "anneal-record", version, answers: answers(), notes: notes() }, null, 1);
    };
    const imported = text => {
        const wasUnsaved = unsaved;
        let file;
        try { file = JSON.parse(text); } catch { return { error: "This file is not JSON. Choose one that “Save my answers” wrote." }; }
        if (file?.type !== "anneal-record" || !Array.isArray(file.answers)) return { error: "This is not a record of answers. Choose a file that “Save my answers” wrote." };
        if (!(file.version <= version)) return { error: `This record has the version ${file.version}; this page knows versions up to ${version}. Nothing was changed.` };
        const have = new Set(keys(answerPrefix)), good = file.answers.filter(answer => isAnswer(answer) && isId(answer.id));
        const fresh = good.filter(answer => !have.has(answerPrefix + answer.id)), kept = fresh.filter(putAnswer);
        const given = Array.isArray(file.notes) ? file.notes : [], readable = given.filter(theirs => isNote(theirs) && isPlace(theirs.place));
        let changed = 0, apart = 0, full = fresh.length - kept.length;
        for (const read of readable) {
            const theirs = withMoreLeft(withLeft(read), [read.id]), ours = note(theirs.place), both = joined(ours, theirs);
            if (both === ours) continue;
            if (both.id !== ours?.id) changed++;
            if (ours && both.text !== ours.text && both.text !== theirs.text) apart++;
            if (!putNote(both)) full++;
        }
        unsaved = wasUnsaved || apart > 0; // the rest is in this file
        return { added: kept.length, known: good.length - fresh.length, refused: file.answers.length - good.length + given.length - readable.length, full, notes: changed, apart };
    };
    const clear = () => {
        unsaved = false;
        for (const key of keys(prefix)) {
            homeless.delete(key);
            try { storage.removeItem(key); } catch { /* Nothing was kept. */ }
        }
    };

    // Whether closing the page now would lose something.
    const isAtRisk = () => unsaved && homeless.size > 0;

    return { prefix, answers, add, notes, note, write, exported, imported, clear, isAtRisk };
});
