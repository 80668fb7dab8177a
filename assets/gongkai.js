// Small help for the back office; every page works without it.
// A form with data-keep asks before what was typed is lost, and is sent only once.
"use strict";

for (const form of document.querySelectorAll("form[data-keep]")) {
  let changed = false;
  let sent = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  addEventListener("beforeunload", (event) => {
    if (changed && !sent) event.preventDefault();
  });
  // Coming back with the browser's own button shows the form again: it may be sent again.
  addEventListener("pageshow", () => { sent = false; });
}

const summary = document.getElementById("errors");
if (summary) summary.focus();
