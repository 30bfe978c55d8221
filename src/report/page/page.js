/* SPDX-License-Identifier: MIT */
// Shows the findings that the form asks for; without it all are shown.
(() => {
    "use strict";
    const form = document.getElementById("filter");
    const told = document.getElementById("told");
    if (!form) return;
    const groups = Array.from(document.querySelectorAll("details[data-code]"), (group) => ({
        group,
        code: group.dataset.code,
        items: Array.from(group.querySelectorAll("ol > li"), (item) => ({
            item,
            text: (group.dataset.code + " " + item.textContent).toLowerCase(),
        })),
    }));
    const all = groups.reduce((sum, group) => sum + group.items.length, 0);

    function fits(wish, { item, text }) {
        return (
            (!wish.level || item.dataset.level === wish.level) &&
            (!wish.file || item.dataset.file === wish.file) &&
            wish.words.every((word) => text.includes(word))
        );
    }

    function show() {
        const wish = {
            level: form.elements.level.value,
            code: form.elements.code.value,
            file: form.elements.file.value,
            words: form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean),
        };
        let shown = 0;
        for (const { group, code, items } of groups) {
            let here = 0;
            for (const entry of items) {
                const fit = (!wish.code || code === wish.code) && fits(wish, entry);
                entry.item.hidden = !fit;
                here += fit;
            }
            group.hidden = !here;
            shown += here;
        }
        told.textContent = shown === all ? "" : `${shown} of ${all} findings on this page fit.`;
    }

    form.hidden = false;
    form.addEventListener("input", show);
    form.addEventListener("reset", () => setTimeout(show));
    form.addEventListener("submit", (event) => event.preventDefault());
    show();
})();
