"use strict";

// An element with its properties and children, for the scripts after this one.
function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
}

// So many of something, in words.
function counted(n, one, more = `${one}s`) {
    return `${n} ${n === 1 ? one : more}`;
}
