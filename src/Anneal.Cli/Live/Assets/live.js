// The library inside the page: unpacks it, starts it when it is first waited for, and offers it as window.anneal. No formula is written here.
(() => {
    "use strict";
    const element = document.getElementById("live-library");
    if (!element) return;
    const decoded = text => {
        const bytes = new Uint8Array(text.length);
        for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
        return bytes;
    };
    let packed = null;
    const bytes = () => {
        packed ??= Uint8Array.fromBase64 ? Uint8Array.fromBase64(element.textContent) : decoded(atob(element.textContent));
        element.remove();
        return packed;
    };

    // Unpacks the files and starts the runtime. It refers to nothing outside itself, since a worker gets it as text.
    const engine = async packed => {
        const place = "https://anneal.invalid/"; // a blob has no address that others could be relative to; nothing is ever asked of this one
        const urls = new Map(), files = new Map(), decoder = new TextDecoder();
        const inflated = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
        let all = new Uint8Array(1 << 17), filled = 0, at = 0;
        const next = async length => {
            while (filled < at + length) {
                const { value, done } = await inflated.read();
                if (done) throw new Error("The library is cut off.");
                if (filled + value.length > all.length) {
                    const wider = new Uint8Array(2 * (filled + value.length));
                    wider.set(all.subarray(0, filled));
                    all = wider;
                }
                all.set(value, filled);
                filled += value.length;
            }
            return all.subarray(at, at += length);
        };
        // First the length of the index, then the index, then the files one after the other: the runtime's scripts, what they compile, and the rest, which is unpacked meanwhile.
        const length = new DataView((await next(4)).slice().buffer).getUint32(0, true), index = JSON.parse(decoder.decode(await next(length)));
        const script = async ({ name, bytes }) => {
            const text = decoder.decode(await next(bytes)).replaceAll("import.meta.url", JSON.stringify(place + name));
            urls.set(name, URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
        };
        const scripts = index.findIndex(({ name }) => !name.endsWith(".js"));
        for (const one of index.slice(0, scripts)) await script(one);
        const rest = index.slice(scripts).map(one => ({ ...one, ...Promise.withResolvers() }));
        for (const { name, promise } of rest) files.set(name, promise);
        const unpacked = (async () => {
            for (const one of rest) {
                if (one.name.endsWith(".js")) one.resolve(await script(one));
                else one.resolve((await next(one.bytes)).slice());
            }
        })();
        unpacked.catch(fault => { for (const { reject, promise } of rest) { promise.catch(() => {}); reject(fault); } });
        const load = (_, name) => {
            const file = name.split("/").at(-1);
            return urls.get(file) ?? files.get(file).then(content => new Response(content, { headers: { "content-type": "application/wasm" } }));
        };
        const { dotnet } = await import(urls.get("dotnet.js"));
        const { getAssemblyExports } = await dotnet.withResourceLoader(load).create();
        await unpacked;
        const library = (await getAssemblyExports("Anneal.Live.Browser.dll")).Anneal.Live.Browser.Exports;
        files.clear();
        rest.length = 0;
        all = null; // the runtime keeps the function that loads, and what that sees
        library.Rates("constant(1)", [0]);
        return { library, urls };
    };

    let library = null, urls = new Map(), starting = null;
    const start = async () => {
        const began = performance.now();
        ({ library, urls } = await engine(bytes()));
        anneal.startedIn = performance.now() - began;
    };

    // What the worker does: it starts the library too, and answers one question after the other.
    const serve = engine => {
        let started = null;
        // Of a thread that it ends a browser says nothing; but the lock that the thread held goes to the page then.
        const lock = `anneal-${Math.random()}`;
        navigator.locks?.request(lock, () => {
            postMessage({ lock });
            return new Promise(() => {});
        }).catch(() => {});
        // Not onmessage: a worker with that is taken by the runtime for one of its own threads.
        addEventListener("message", async ({ data: { id, packed, name, question } }) => {
            try {
                const { library } = await (started ??= engine(packed));
                const answer = name ? library[name](...question) : null;
                const numbers = ArrayBuffer.isView(answer) || typeof answer?.[0] === "number" ? Float64Array.from(answer) : null;
                postMessage({ id, answer: numbers ?? answer }, numbers ? [numbers.buffer] : []);
            } catch (fault) {
                // A runtime that has broken down, as for want of memory, answers nothing more.
                postMessage({ id, fault: fault.message, isBroken: fault instanceof WebAssembly.RuntimeError || fault.name === "ExitStatus" });
            }
        });
    };
    let code = null;
    const patience = 30_000; // milliseconds: a thread that has not started by then is not waited for
    const gone = "The thread that was to answer has ended, perhaps for want of memory. Ask again: another one is started then.";
    // The library on a thread of its own; where there cannot be one, in the page.
    const elsewhere = () => {
        const waiting = new Map();
        let worker = null, far = null, last = 0, isStopped = false;
        const post = message => new Promise((done, failed) => {
            waiting.set(++last, { done, failed });
            worker.postMessage({ id: last, ...message });
        });
        const fail = reason => {
            for (const { failed } of waiting.values()) failed(new Error(reason));
            waiting.clear();
        };
        const begin = async () => {
            code ??= URL.createObjectURL(new Blob([`(${serve})(${engine})`], { type: "text/javascript" }));
            const mine = worker = new Worker(code);
            let isStarted = false;
            const lose = reason => {
                if (worker !== mine || isStopped) return;
                mine.terminate();
                worker = null;
                if (isStarted) far = null; // the next question begins another
                fail(reason);
                if (isStarted) one.onlost?.(reason);
            };
            mine.onmessage = ({ data: { lock, id, answer, fault, isBroken } }) => {
                if (lock) {
                    navigator.locks.request(lock, () => lose(gone)).catch(() => {});
                    return;
                }
                const asked = waiting.get(id);
                waiting.delete(id);
                // Nobody waits for an answer that was given up.
                if (fault === undefined) asked?.done(answer); else asked?.failed(new Error(isBroken ? `${gone} (${fault})` : fault));
                if (isBroken) lose(gone);
            };
            mine.onerror = event => {
                event.preventDefault();
                lose(isStarted ? `${gone} (${event.message})` : event.message || "The worker could not be started.");
            };
            const late = setTimeout(() => lose("The worker did not start."), patience);
            try {
                await post({ packed: bytes() });
            } finally {
                clearTimeout(late);
            }
            isStarted = true;
        };
        const start = () => far ??= begin().then(() => true, () => false);
        // What was stopped while it started is not begun again in the page.
        const place = async () => {
            const isFar = !isStopped && await start();
            if (isStopped) throw new Error("Stopped.");
            return isFar;
        };
        const one = {
            /** Whether it runs on a thread of its own. */
            get apart() { return isStopped ? Promise.resolve(false) : start(); },
            /** Fulfilled when it has started, there or here. */
            get ready() { return place().then(isFar => isFar || anneal.ready); },
            ask: async (name, ...question) => {
                if (await place()) return post({ name, question });
                await anneal.ready;
                return ask(name, ...question);
            },
            stop: () => { isStopped = true; worker?.terminate(); fail("Stopped."); },
            /** Is told why, when the thread has ended by itself, and with it the races that it knew. */
            onlost: null,
        };
        start();
        return one;
    };

    const ask = (name, ...question) => {
        if (!library) throw new Error("The library is still starting: await window.anneal.ready first.");
        const answer = library[name](...question);
        return ArrayBuffer.isView(answer) ? Array.from(answer) : answer;
    };
    const open = NaN; // the length of a run that nobody named: the schedule's own
    const list = steps => typeof steps === "number" ? Array.from({ length: steps }, (_, t) => t) : Array.from(steps, Number);

    const anneal = {
        /** Fulfilled when the library has started, which the first look at it asks for; everything below may be called from then on. */
        get ready() { return starting ??= start(); },
        /** The rates at the given steps, or for a number n those of the first n updates. */
        rates: (notation, steps) => ask("Rates", notation, list(steps)),
        /** What `anneal schedule --explain` says; without `last`, over the schedule's own length. */
        explain: (notation, last = open) => ask("Explain", notation, Number(last)),
        /** Phases, sums, jumps, findings, verdicts and movable numbers, or `error` and `position`. */
        look: (notation, last = open) => JSON.parse(ask("Look", notation, Number(last))),
        /** Whether `look` and `crossings` answer within a frame or two; otherwise a worker is better asked. */
        isQuick: (notation, last = open) => ask("IsQuick", notation, Number(last)),
        /** Points worth drawing: step and rate in turn. */
        curve: (notation, last = open) => ask("Curve", notation, Number(last)),
        /** The last-iterate bound for distance 1 and gradients of norm 1. */
        bound: (notation, last = open) => JSON.parse(ask("Bound", notation, Number(last))),
        /** The first step at which the rate is, or passes, a value; NaN if there is none. */
        crossing: (notation, rate, last = open) => ask("Crossing", notation, Number(rate), Number(last)),
        /** Every step at which the rate rises to a value or falls below it: `crossings`, whether those are all, and `text`. */
        crossings: (notation, rate, last = open) => JSON.parse(ask("Crossings", notation, Number(rate), Number(last))),
        /** What a configuration of PyTorch, Transformers, timm, optax or Keras, as JSON or as one call in Python, or training arguments of Transformers are here. */
        import: configuration => JSON.parse(ask("Import", typeof configuration === "string" ? configuration : JSON.stringify(configuration))),
        /** What a run logged, from the text of a trace.csv or a sweep's logs.csv: `lines`, each with `name`, `x`, `y` and `isWide`, the name of the `rate`, and `rowsLeft` of further runs; or `error`. */
        trace: csv => JSON.parse(ask("Trace", csv)),
        /** The schedule as notation, json, csharp, pytorch, optax, keras, transformers, latex or csv. */
        export: (notation, target, last = open) => ask("Export", notation, target, Number(last)),
        /** Schedules to begin with, each with a sketch of itself. */
        gallery: () => JSON.parse(ask("Gallery")),
        /** A schedule of the gallery by name, as long and as high as another. */
        beside: (name, notation, last = open) => ask("Beside", name, notation, Number(last)),
        /** A configuration to import for every scheduler of every framework that is read. */
        examples: () => JSON.parse(ask("Examples")),
        /** A lesson's figure at these settings of its knobs: `lines`, each with `name`, `x` and `y`, and `text`. */
        figure: (name, values) => JSON.parse(ask("Figure", name, values.map(Number))),
        /** Optimizers on test functions. */
        race: {
            /** Functions of two numbers; rules with their defaults. */
            functions: () => JSON.parse(ask("Functions")),
            rules: () => JSON.parse(ask("Rules")),
            /** The values of a function on a grid over its range, row by row from the bottom. */
            map: (name, columns, rows) => ask("Map", name, columns, rows),
            /** The value at a point. */
            value: (name, x, y) => ask("Value", name, x, y),
            /** The largest curvature at a point. */
            curvature: (name, x, y) => ask("Curvature", name, x, y),
            /** Above which fixed rate a rule leaves a minimum of this curvature; NaN where that is not known. */
            largestRate: (rule, curvature) => ask("LargestRate", typeof rule === "string" ? rule : JSON.stringify(rule), curvature),
            /** The same in words; empty where it is not known. */
            largestRateInWords: (rule, curvature) => ask("LargestRateInWords", typeof rule === "string" ? rule : JSON.stringify(rule), curvature),
            /** Begins a race, {function, start, noise, batch, seed, rules: [{rule, rate}]}, and returns its number. */
            begin: race => ask("BeginRace", typeof race === "string" ? race : JSON.stringify(race)),
            /** Moves every rule on; for each the count of points, then x, y and the value of each. */
            advance: (race, steps) => ask("AdvanceRace", race, steps),
            /** Why each rule has stopped; empty for one that has not. */
            stopped: race => ask("StoppedInRace", race),
            /** Forgets a race. */
            end: race => ask("EndRace", race),
        },
        /** What to set for a training run, as `anneal advise` says it. */
        advice: {
            /** The fields, what they may hold, as what a proposal can be written, and published cases. */
            form: () => JSON.parse(ask("AdviceForm")),
            /** The answer to a case {task, family, parameters: "350M", …}: `proposal`, or `refusals` of single members; with `runs` also which rates to try first. */
            propose: (given, runs = "") => anneal.advice.read(ask("Advise", typeof given === "string" ? given : JSON.stringify(given), String(runs))),
            /** What a worker answers to "Advise", taken apart as `propose` does it: the proposal, and as `json` its text. */
            read: text => {
                const answer = JSON.parse(text);
                return answer.proposal === undefined ? answer : { ...answer, proposal: JSON.parse(answer.proposal), json: answer.proposal };
            },
            /** The proposal as train, sweep, pytorch, transformers or json: `text` and `command`, or `error`; the first two are written into a run or a sweep. */
            write: (given, target, runs = "", known = "") => JSON.parse(ask("WriteAdvice", typeof given === "string" ? given : JSON.stringify(given), String(runs), target, known)),
        },
        /** The library on another thread: `ask(name, ...question)` promises what the export of that name answers, `stop()` ends it at once, `onlost` is told when the browser did. */
        worker: elsewhere,
        /** What is due, and how well everything is remembered: {now, items: [{id, lesson, section}], answers: [{item, right, at}]}. */
        review: question => JSON.parse(ask("Review", JSON.stringify(question))),
        /** Scripts that came with the library, by name. */
        script: name => urls.get(name),
    };
    window.anneal = anneal;
})();
