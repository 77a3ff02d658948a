// The review page: the questions of all lessons in the order in which they are due, how well each lesson is remembered, and all notes.
// What is due and how strong a memory is, the library computes; without it, one practises lesson by lesson.
(() => {
    "use strict";
    const byId = id => document.getElementById(id), library = window.anneal ?? null;
    const lessons = JSON.parse(byId("review-lessons").textContent).filter(lesson => questions.isQuiz(lesson.quiz));
    const items = new Map(lessons.flatMap(lesson => lesson.quiz.items.map(item => [`${lesson.quiz.lesson}/${item.id}`, { lesson, item }])));
    const newAtOnce = 10;

    // What was answered, and what the library makes of it; both are read anew where something may have changed.
    let tried = new Map(), known = null;
    const look = () => {
        const answers = kept.answers().filter(({ item }) => items.has(item));
        tried = Map.groupBy ? Map.groupBy(answers, ({ item }) => item) : answers.reduce((map, answer) => map.set(answer.item, [...map.get(answer.item) ?? [], answer]), new Map());
        known = library?.startedIn === undefined ? null : library.review({
            now: new Date().toISOString(),
            items: [...items].map(([id, { lesson, item }]) => ({ id, lesson: lesson.quiz.lesson, section: item.section })),
            answers: answers.map(({ item, right, at }) => ({ item, right, at: new Date(at).toISOString() })),
        });
    };
    const strengthOf = key => known?.items.find(({ id }) => id === key);
    const never = () => [...items.keys()].filter(key => !tried.has(key));
    const isRight = key => tried.get(key)?.at(-1).right === true;

    const language = document.documentElement.lang || undefined;
    const when = at => {
        const minutes = Math.max(1, Math.round((Date.parse(at) - Date.now()) / 60_000)), hours = Math.round(minutes / 60), days = Math.round(hours / 24);
        return minutes < 60 ? `in ${counted(minutes, "minute")}` : hours < 24 ? `in ${counted(hours, "hour")}`
            : `in ${counted(days, "day")}, on ${new Date(at).toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric" })}`;
    };
    const percent = share => `${Math.round(100 * share)} %`;

    // The summary above, the table of lessons below.
    const showSummary = () => {
        const given = tried.size, right = [...tried.keys()].filter(isRight).length;
        const parts = known
            ? [known.due.length > 0 ? `${counted(known.due.length, "question")} due now.` : given === 0 ? "Nothing is due yet: questions come back after you have answered them once, here or in a lesson." : "Nothing is due now.",
                known.next ? `The next comes back ${when(known.next)}.` : ""]
            : [given === 0 ? "You have not answered any question yet." : `${right} of the ${counted(given, "question")} you answered ${right === 1 ? "was" : "were"} right the last time.`];
        byId("summary").textContent = parts.filter(Boolean).join(" ");
        byId("start-due").hidden = !known || given === 0;
        byId("start-due").disabled = !known || known.due.length === 0;
        byId("start-new").hidden = never().length === 0;
        const header = byId("quiz-score");
        header.parentElement.hidden = false;
        header.href = "#practice";
        header.textContent = `Review: ${known ? `${known.due.length} due, ` : ""}${right} right, ${given} of ${items.size} answered`;
    };

    const meter = (label, strength) => {
        const bar = make("meter", { min: 0, max: 1, value: strength });
        bar.setAttribute("aria-label", label);
        return bar;
    };
    const words = ({ strength, answered, questions, due }) => make("small", {},
        `${strength === null ? "" : `${percent(strength)} · `}${answered} of ${questions}${due ? " · " : ""}`, ...(due ? [make("span", { className: "due", textContent: `${due} due` })] : []));
    const groupOf = (lesson, section) => {
        const ids = [...items].filter(([, entry]) => entry.lesson === lesson && (section === null || entry.item.section === section)).map(([id]) => id);
        const told = known?.groups.find(group => group.lesson === lesson.quiz.lesson && (group.section ?? null) === section);
        return told ?? { strength: null, answered: ids.filter(id => tried.has(id)).length, questions: ids.length, due: 0, right: ids.filter(isRight).length };
    };
    const opened = new Set();
    const showLessons = () => {
        byId("strength-note").textContent = known
            ? "The bar is your chance to remember: the mean over all questions of a lesson or section, where a question you never answered counts as 0. Beside it: how many of them you have answered."
            : "The bar is the share of questions that you answered right the last time. Beside it: how many of them you have answered.";
        const row = (element, name, group) => element.append(make("span", { className: "name" }, name),
            meter(known ? "chance to remember" : "right the last time", group.strength ?? group.right / group.questions), words(group));
        // It is drawn anew every minute: whoever is in it by keyboard stays where they are.
        const reachable = () => [...byId("lessons").querySelectorAll("summary, a, button")], focused = reachable().indexOf(document.activeElement);
        byId("lessons").replaceChildren(make("div", { className: "strengths" }, ...lessons.map(lesson => {
            const summary = make("summary", {}), box = make("details", { open: opened.has(lesson.number) }), list = make("ul", {});
            row(summary, `${lesson.number} ${lesson.title}`, groupOf(lesson, null));
            for (const section of new Set(lesson.quiz.items.map(item => item.section))) {
                const line = make("li", {}), fragment = lesson.sections[section];
                row(line, lesson.href ? make("a", { href: lesson.href + (fragment ? `#${fragment}` : ""), textContent: section }) : section, groupOf(lesson, section));
                list.append(line);
            }
            const practise = make("button", { type: "button", textContent: "Practise this lesson" });
            practise.setAttribute("aria-label", `Practise this lesson: ${lesson.number} ${lesson.title}`);
            practise.addEventListener("click", () => begin(ofLesson(lesson)));
            box.addEventListener("toggle", () => { if (box.open) opened.add(lesson.number); else opened.delete(lesson.number); });
            box.append(summary, list, practise);
            return box;
        })));
        if (focused >= 0) reachable()[focused]?.focus({ preventScroll: true });
    };
    const show = () => {
        look();
        showSummary();
        showLessons();
    };

    // The weakest memory first; without the library what went wrong last, then what was never answered, then the rest.
    const ofLesson = lesson => {
        const weight = key => strengthOf(key)?.recall ?? (!tried.has(key) ? 1 : isRight(key) ? 2 : 0);
        return [...items].filter(([, entry]) => entry.lesson === lesson).map(([id]) => id).map((id, i) => [weight(id), i, id]).sort(([a, i], [b, j]) => a - b || i - j).map(([, , id]) => id);
    };

    // One question after the other.
    let round = null;
    const begin = keys => {
        if (keys.length === 0) return;
        round = { keys, at: 0, right: 0, given: 0 };
        byId("quiz").hidden = false;
        next();
    };
    const end = () => {
        const { right, given } = round;
        round = null;
        byId("quiz").hidden = true;
        show();
        byId("status").textContent = given > 0 ? `${right} of ${given} right in this round.` : "";
        byId("practice").scrollIntoView({ block: "start" });
        [byId("start-due"), byId("start-new")].find(button => !button.hidden && !button.disabled)?.focus({ preventScroll: true });
    };
    const next = () => {
        const key = round.keys[round.at], { lesson, item } = items.get(key), fragment = lesson.sections[item.section];
        byId("status").textContent = "";
        byId("after").textContent = "";
        byId("place").textContent = `Question ${round.at + 1} of ${round.keys.length} · lesson ${lesson.number} ${lesson.title}`;
        const box = byId("question");
        questions.ask(box, key, item, "review", {
            tried: tried.get(key) ?? [],
            answered: right => {
                round.given++;
                round.right += right ? 1 : 0;
                look();
                showSummary();
                showLessons();
                const due = strengthOf(key)?.state?.due;
                byId("after").replaceChildren(...(due ? [`It comes back ${when(due)}. `] : []), "Taught in ",
                    lesson.href ? make("a", { href: lesson.href + (fragment ? `#${fragment}` : ""), textContent: item.section }) : `“${item.section}”`, ".");
                box.querySelector("button.reset")?.focus({ preventScroll: true });
            },
            more: {
                text: round.at + 1 < round.keys.length ? "Next question" : "Finish",
                act: () => { if (++round.at < round.keys.length) next(); else end(); },
            },
        });
        byId("quiz").scrollIntoView({ block: "start" });
        box.querySelector("input, select, button")?.focus({ preventScroll: true });
    };
    byId("start-due").addEventListener("click", () => { show(); begin(known?.due ?? []); });
    byId("start-new").addEventListener("click", () => begin(never().slice(0, newAtOnce)));
    byId("stop").addEventListener("click", end);

    // All notes, those of the course's lessons in its order.
    const field = byId("search-notes").querySelector("input");
    let editors = [];
    const titleOf = place => {
        const name = place.split("/")[0], lesson = lessons.find(lesson => lesson.quiz.lesson === name), section = place.slice(name.length + 1);
        return { lesson, name, section };
    };
    const filter = () => {
        const typed = field.value.toLowerCase().split(/\s+/).filter(Boolean);
        let found = 0;
        for (const { place, element } of editors) {
            const all = `${place} ${titleOf(place).lesson?.title ?? ""} ${element.querySelector("textarea").value}`.toLowerCase();
            element.hidden = !typed.every(word => all.includes(word));
            found += element.hidden ? 0 : 1;
        }
        byId("found").textContent = typed.length > 0 ? `${found} of ${counted(editors.length, "note")}` : "";
    };
    const showNotes = () => {
        const places = kept.notes().filter(({ text }) => text !== "").map(({ place }) => place);
        const fresh = places.filter(place => !editors.some(editor => editor.place === place));
        for (const place of fresh) {
            const { lesson, name, section } = titleOf(place), fragment = lesson?.sections[section];
            const editor = noteEditor(place, section, () => { });
            const title = [`${lesson ? `${lesson.number} ${lesson.title}` : name}: `, lesson?.href ? make("a", { href: lesson.href + (fragment ? `#${fragment}` : ""), textContent: section }) : section];
            editors.push({ place, element: make("article", {}, make("h3", {}, ...title), editor.element), refresh: editor.refresh });
        }
        editors = editors.filter(({ place, element, refresh }) => {
            refresh();
            return places.includes(place) || element.contains(document.activeElement);
        }).sort((a, b) => (a.place < b.place ? -1 : 1));
        const shown = [...byId("note-list").children];
        if (editors.length !== shown.length || editors.some(({ element }, i) => element !== shown[i])) byId("note-list").replaceChildren(...editors.map(({ element }) => element));
        byId("no-notes").hidden = editors.length > 0;
        byId("search-notes").hidden = editors.length === 0;
        byId("export-notes").hidden = editors.length === 0;
        filter();
    };
    field.addEventListener("input", filter);
    byId("export-notes").addEventListener("click", () => {
        const groups = new Map();
        for (const { place, text } of kept.notes().filter(({ text }) => text !== "")) {
            const { lesson, name, section } = titleOf(place), title = lesson ? `${lesson.number} ${lesson.title}` : name;
            groups.set(title, [...groups.get(title) ?? [], `## ${section}\n\n${text.trim()}\n`]);
        }
        saveFile("anneal-notes.md", "text/markdown", [...groups].map(([title, texts]) => `# ${title}\n\n${texts.join("\n")}`).join("\n"));
    });

    // The record as a file; clearing asks twice.
    const clear = make("button", { type: "button", textContent: "Clear everything" });
    const all = () => {
        show();
        showNotes();
    };
    let sure = 0;
    clear.addEventListener("click", () => {
        if (sure) {
            clearTimeout(sure);
            sure = 0;
            kept.clear();
            clear.textContent = "Clear everything";
            if (round) end();
            all();
            return;
        }
        clear.textContent = "Really clear all answers and notes? Save them first.";
        sure = setTimeout(() => {
            sure = 0;
            clear.textContent = "Clear everything";
        }, 8_000);
    });
    byId("tools").append(recordTools(all, clear));

    const refresh = () => { if (!round) show(); };
    onOtherTab(() => {
        refresh();
        showNotes();
    });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
    setInterval(refresh, 60_000);

    all();
    if (!library) byId("missing").hidden = false;
    else {
        byId("status").textContent = "Starting the library…";
        library.ready.then(() => {
            byId("status").textContent = "";
            refresh();
        }, error => {
            byId("status").textContent = "The library could not be started.";
            byId("missing").lastElementChild.textContent = `The library that computes it could not be started in this browser: ${error.message}. A browser of 2024 or later is needed. `
                + "You can still practise lesson by lesson, keep notes, and save your answers.";
            byId("missing").hidden = false;
        });
    }
})();
