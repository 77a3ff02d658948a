// Markdown as elements: nothing that a reader typed or loaded is ever read as HTML. Paragraphs, line breaks, headings, lists, quotes, rules, code,
// emphasis and links to the web; everything else stays as it was written.
const markdown = (() => {
    "use strict";
    const marks = /\\([\\`*_[\]()#>-])|`([^`\n]{1,2000})`|\*\*((?:[^*\n]|\*(?!\*)){1,2000}?)\*\*|\*([^*\s](?:[^*\n]{0,2000}[^*\s])?)\*|(?<![\p{L}\p{N}])_([^_\s](?:[^_\n]{0,2000}[^_\s])?)_(?![\p{L}\p{N}])|\[([^\]\n]{1,300})\]\((https?:\/\/[^()\s]{1,2000})\)/u;

    const inline = text => {
        const parts = [];
        for (let match; (match = marks.exec(text));) {
            const [whole, escaped, code, strong, star, line, words, address] = match;
            if (match.index > 0) parts.push(text.slice(0, match.index));
            parts.push(escaped ?? (code !== undefined ? make("code", { textContent: code })
                : strong !== undefined ? make("strong", {}, ...inline(strong))
                : words !== undefined ? make("a", { href: address, rel: "noreferrer" }, ...inline(words))
                : make("em", {}, ...inline(star ?? line))));
            text = text.slice(match.index + whole.length);
        }
        return text ? [...parts, text] : parts;
    };
    const lines = texts => texts.flatMap((text, i) => [...(i > 0 ? [make("br", {})] : []), ...inline(text.trim())]);

    const item = /^ {0,8}(?:[-*+]|\d{1,9}[.)])\s+(.*)$/;
    const kinds = [
        { is: /^ {0,3}(?:---+|\*\*\*+|___+)\s*$/, make: () => make("hr", {}), single: true },
        { is: /^#{1,6}\s/, make: ([text]) => make("p", { className: "heading" }, make("strong", {}, ...inline(text.replace(/^#+\s+/, "")))), single: true },
        { is: /^ {0,3}>/, make: texts => make("blockquote", {}, ...render(texts.map(text => text.replace(/^ {0,3}> ?/, "")).join("\n"))) },
        { is: /^ {0,8}[-*+]\s+/, make: texts => make("ul", {}, ...texts.map(text => make("li", {}, ...inline(item.exec(text)[1])))) },
        { is: /^ {0,8}\d{1,9}[.)]\s+/, make: texts => make("ol", {}, ...texts.map(text => make("li", {}, ...inline(item.exec(text)[1])))) },
        { is: /^\s*$/, make: () => null },
        { is: /^/, make: texts => make("p", {}, ...lines(texts)) },
    ];
    const depth = { now: 0, most: 20 };

    const render = text => {
        const all = text.split(/\r\n?|[\n\u2028\u2029]/), elements = [];
        if (depth.now >= depth.most) return [make("p", {}, text)];
        depth.now++;
        for (let at = 0; at < all.length;) {
            const fence = /^ {0,3}(```+|~~~+)/.exec(all[at])?.[1];
            if (fence) {
                const end = all.findIndex((line, i) => i > at && line.trimStart().startsWith(fence)), last = end < 0 ? all.length : end;
                elements.push(make("pre", {}, make("code", { textContent: all.slice(at + 1, last).join("\n") })));
                at = last + 1;
                continue;
            }
            const kindOf = line => kinds.find(({ is }) => is.test(line)), kind = kindOf(all[at]);
            let next = at + 1;
            while (!kind.single && next < all.length && kindOf(all[next]) === kind && !/^ {0,3}(```|~~~)/.test(all[next])) next++;
            const element = kind.make(all.slice(at, next));
            if (element) elements.push(element);
            at = next;
        }
        depth.now--;
        return elements;
    };
    return render;
})();
