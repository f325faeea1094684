/* Three habits that htmx lacks. A draft that failed to save says so, so that an old "sparat" never stands there and
   lies (the words come from the status line; answers 401, 409 and 422 bring their own). A button that is pressed while
   the draft is being saved waits for the answer, which brings the version that the button must send; without it the
   server would find two texts to choose between. And the path of the page, which htmx keeps in sessionStorage for a
   history cache that is switched off, is not kept. */
const LONGEST_WAIT = 5000;

function waitForAutosave(event) {
  const form = event.target;
  const isSaving = form.classList.contains("htmx-request");
  if (form.dataset.waits) event.preventDefault();
  if (!isSaving || form.dataset.waits || form.dataset.waited) return;
  event.preventDefault();
  form.dataset.waits = "1";
  const go = () => {
    if (!form.dataset.waits) return;
    delete form.dataset.waits;
    form.dataset.waited = "1";
    form.requestSubmit(event.submitter);
    delete form.dataset.waited;
  };
  // A little later, when what the answer brought is in its place.
  form.addEventListener("htmx:afterRequest", () => setTimeout(go, 50), { once: true });
  setTimeout(go, LONGEST_WAIT);
}

function failed(event) {
  const line = event.detail.target;
  if (!line?.dataset?.failed) return;
  line.className = "app-autosave app-autosave--failed";
  line.textContent = line.dataset.failed;
}

const forget = () => sessionStorage.removeItem("htmx-current-path-for-history");

document.addEventListener("submit", waitForAutosave);
document.addEventListener("htmx:sendError", failed);
document.addEventListener("htmx:timeout", failed);
document.addEventListener("htmx:responseError", (event) => {
  if (![401, 409, 422].includes(event.detail.xhr.status)) failed(event);
});
document.addEventListener("htmx:pushedIntoHistory", forget);
document.addEventListener("htmx:replacedInHistory", forget);
forget();
