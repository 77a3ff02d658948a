// What takes the lab's schedules long is asked here: one question at a time, on a thread that knows nothing else and can be ended for a question's sake.
(() => {
    "use strict";
    const { anneal, annealLab } = window;
    const short = 1_500; // milliseconds: a question that nobody waits for any more may take so long; to begin another thread takes about as long
    const queue = [];
    let thread = null, now = null;
    const end = () => {
        thread?.stop(); // and the question that it was at is refused
        thread = null;
    };
    const next = async () => {
        if (now || queue.length === 0) return;
        queue.sort((a, b) => a.turn - b.turn);
        const mine = now = queue.shift();
        try {
            const on = thread ??= anneal.worker();
            await on.ready;
            if (mine.isLeft) throw new Error("Stopped.");
            mine.began = performance.now();
            mine.done(await on.ask(mine.name, ...mine.question));
        } catch (fault) {
            mine.failed(fault);
        }
        now = null;
        next();
    };
    /** Asks; of what waits, the lower turn comes first. `answer` promises, `stop` refuses it at once, `leave` says that nobody waits for it any more. */
    const ask = (turn, name, ...question) => {
        const one = { turn, name, question };
        const answer = new Promise((done, failed) => Object.assign(one, { done, failed }));
        const take = () => {
            const at = queue.indexOf(one);
            if (at < 0) return false;
            queue.splice(at, 1);
            one.failed(new Error("Stopped."));
            return true;
        };
        queue.push(one);
        next();
        return {
            answer,
            isWaiting: () => queue.includes(one),
            stop: () => { if (!take() && now === one) end(); },
            leave: () => {
                if (take()) return;
                one.isLeft = true; // one that has not begun does not begin
                if (one.began !== undefined) setTimeout(() => { if (now === one) end(); }, one.began + short - performance.now());
            },
        };
    };
    annealLab.questions = {
        ask,
        /** Whether the page goes on answering meanwhile. A thread that was ended for a question's sake does not say it of the next. */
        get areApart() {
            const on = thread ??= anneal.worker();
            return on.apart.then(isApart => isApart || on !== thread);
        },
    };
})();
