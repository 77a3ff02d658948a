// An element with its properties and children, for the scripts after this one.
const make = (name, properties = {}, ...children) => {
    "use strict";
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
};
