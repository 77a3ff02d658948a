"use strict";

// An element with its properties and children, for the scripts after this one.
function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
}
