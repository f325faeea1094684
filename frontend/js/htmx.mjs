/* Two habits that htmx lacks. A draft that failed to save says so, so that an old "sparat" never stands there and
   lies (the words come from the status line; answers 401, 409 and 422 bring their own). And the path of the page,
   which htmx keeps in sessionStorage for a history cache that is switched off, is not kept. */
function failed(event) {
  const line = event.detail.target;
  if (!line?.dataset?.failed) return;
  line.className = "app-autosave app-autosave--failed";
  line.textContent = line.dataset.failed;
}

const forget = () => sessionStorage.removeItem("htmx-current-path-for-history");

document.addEventListener("htmx:sendError", failed);
document.addEventListener("htmx:timeout", failed);
document.addEventListener("htmx:responseError", (event) => {
  if (![401, 409, 422].includes(event.detail.xhr.status)) failed(event);
});
document.addEventListener("htmx:pushedIntoHistory", forget);
document.addEventListener("htmx:replacedInHistory", forget);
forget();
