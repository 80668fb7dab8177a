// Small help; every page works without it.
// A form with data-keep asks before what was typed is lost, and is sent only once.
// A form with data-once is sent only once, and says that it is under way.
// A file field with data-drop takes what is dropped anywhere on the page and says what was chosen.
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

for (const form of document.querySelectorAll("form[data-once]")) {
  const button = form.querySelector("button[type=submit]");
  const words = button.textContent;
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
    button.textContent = form.dataset.once;
    button.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    sent = false;
    button.textContent = words;
    button.removeAttribute("aria-busy");
  });
}

const field = document.querySelector("input[data-drop]");
if (field) {
  const said = document.querySelector(".drop-words");
  const words = said.textContent;
  said.setAttribute("role", "status");
  const show = () => {
    const file = field.files[0];
    field.classList.toggle("chosen", Boolean(file));
    if (!file) said.textContent = words;
    else if (file.size > Number(field.dataset.limit)) said.textContent = "文件太大，校验不了；请去掉图片另存一份，或者粘贴文字";
    else said.textContent = "已选好，可以校验";
  };
  field.addEventListener("change", show);
  addEventListener("pageshow", show);
  const files = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  addEventListener("dragover", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    field.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) field.classList.remove("over");
  });
  // Beside the field, too: a browser would leave the page and open the file.
  addEventListener("drop", (event) => {
    field.classList.remove("over");
    if (!files(event) || event.target === field) return;
    event.preventDefault();
    field.files = event.dataTransfer.files;
    show();
  });
}

const summary = document.getElementById("errors");
if (summary) summary.focus();
