// The quiz at the end of a lesson.
(() => {
    "use strict";
    const byId = id => Document.prototype.getElementById.call(document, id);

    // The record is read once, and again only where it may have changed.
    let known = null;
    const answered = key => {
        if (!known) {
            known = new Map();
            for (const answer of kept.answers()) known.set(answer.item, [...known.get(answer.item) ?? [], answer]);
        }
        return known.get(key) ?? [];
    };

    const shown = [];
    const header = byId("quiz-score");
    const showScore = () => {
        const all = shown.map(({ key }) => answered(key).at(-1)?.right), given = all.filter(right => right !== undefined).length, right = all.filter(Boolean).length;
        const status = given === 0 ? "not begun" : given < all.length ? "under way" : right === all.length ? "all right" : "answered";
        if (!header) return;
        header.parentElement.hidden = false;
        header.replaceChildren(`Quiz: ${right} right, ${given} of ${all.length}`, make("span", { className: "wide", textContent: ` answered, ${status}` }));
    };
    const changed = () => {
        known = null;
        showScore();
    };

    const card = (lesson, item, n) => {
        const key = `${lesson}/${item.id}`, box = make("li", { className: "question" });
        const ask = () => questions.ask(box, key, item, `quiz-${n}`, {
            tried: answered(key),
            answered: changed,
            more: {
                text: item.variants.length > 1 ? "Another one" : "Once more",
                act: () => { ask(); box.querySelector("input, select, button")?.focus(); },
            },
        });
        ask();
        shown.push({ key, ask });
        return box;
    };

    let n = 0;
    for (const place of Document.prototype.querySelectorAll.call(document, ".quiz[data-quiz]")) {
        const quiz = questions.read(place.dataset.quiz);
        if (!quiz) continue;
        place.removeAttribute("data-quiz");
        place.id = "quiz";
        const loaded = () => {
            changed();
            for (const { ask } of shown) ask();
            noted.refresh();
        };
        // A site that has the review page links it at the top of every page.
        const review = Document.prototype.querySelector.call(document, "header a[href='review.html']")
            ? [make("p", {}, make("a", { href: "review.html", textContent: "Review" }), ": what is due from all lessons, how well you remember each, and all your notes.")] : [];
        const noted = notes(quiz.lesson);
        const folded = make("details", { className: "questions-fold" }, make("summary", {}, `Quiz: ${counted(quiz.items.length, "question")}`),
            make("ol", { className: "questions" }, ...quiz.items.map(item => card(quiz.lesson, item, n++))), recordTools(loaded), ...review);
        place.replaceChildren(folded);
        const unfold = () => { if (location.hash === "#quiz") folded.open = true; };
        addEventListener("hashchange", unfold);
        header?.addEventListener("click", () => { folded.open = true; });
        unfold();
    }
    if (n > 0) {
        showScore();
        onOtherTab(changed);
    }
})();
