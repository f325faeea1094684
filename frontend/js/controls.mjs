/* Starts the GOV.UK components that a page has, and again in what htmx brings. Their words are in data-i18n attributes. */
import { Button } from "./govuk/button.mjs";
import { CharacterCount } from "./govuk/character-count.mjs";
import { Checkboxes } from "./govuk/checkboxes.mjs";
import { ErrorSummary } from "./govuk/error-summary.mjs";
import { PasswordInput } from "./govuk/password-input.mjs";
import { Radios } from "./govuk/radios.mjs";
import { SkipLink } from "./govuk/skip-link.mjs";

const COMPONENTS = [Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, Radios, SkipLink];

function start(root) {
  for (const Component of COMPONENTS) {
    const selector = `[data-module="${Component.moduleName}"]:not([data-${Component.moduleName}-init])`;
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    for (const element of found) new Component(element);
  }
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));

/* Minutes that are left of something that ends by itself; when it has ended the page is asked for anew. */
for (const left of document.querySelectorAll("[data-countdown]")) {
  const ends = Date.parse(left.dataset.countdown);
  setInterval(() => {
    const minutes = Math.ceil((ends - Date.now()) / 60000);
    if (minutes <= 0) location.reload();
    else left.textContent = minutes === 1 ? left.dataset.one : left.dataset.many.replace("{n}", minutes);
  }, 5000);
}
