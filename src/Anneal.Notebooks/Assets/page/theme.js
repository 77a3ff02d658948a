// Runs before anything is drawn, so that a page opened in the dark does not flash.
try {
    const theme = localStorage.getItem("theme");
    if (theme) document.documentElement.dataset.theme = theme;
} catch { /* Storage may be forbidden; the page then follows the system. */ }
