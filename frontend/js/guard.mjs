/* Hides the screen at once (button, or Shift three times within a second) and warns before the session ends.
   Keeps nothing in the browser; what is written is saved by the server when "avhopp:save" reaches the form. */
const cover = document.getElementById("dold");
const dialog = document.getElementById("session-dialog");
const title = document.title;
let place = 0;
let taps = [];

function hide() {
  if (cover.classList.contains("app-cover--on")) return;
  place = window.scrollY;
  document.dispatchEvent(new Event("avhopp:save"));
  if (dialog?.open) dialog.close();
  cover.classList.add("app-cover--on");
  document.title = cover.dataset.title;
  cover.querySelector("a").focus();
}

function show(event) {
  event.preventDefault();
  cover.classList.remove("app-cover--on");
  document.title = title;
  if (location.hash === "#dold") history.replaceState(null, "", location.pathname + location.search);
  window.scrollTo(0, place);
  document.querySelector("[data-hide]")?.focus({ preventScroll: true });
}

if (cover) {
  cover.querySelector("[data-show]").addEventListener("click", show);
  for (const link of document.querySelectorAll("[data-hide]")) {
    link.addEventListener("click", (event) => { event.preventDefault(); hide(); });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") { taps = []; return; }
    if (event.repeat) return;
    taps = [...taps.filter((at) => event.timeStamp - at < 1000), event.timeStamp];
    if (taps.length >= 3) { taps = []; hide(); }
  });
}

if (dialog) {
  const idle = Number(dialog.dataset.idle) * 1000;
  const warn = Number(dialog.dataset.warn) * 1000;
  const left = dialog.querySelector("[data-left]");
  let ends = Date.now() + idle;

  const tabs = new BroadcastChannel("avhopp-session");
  const extend = () => { ends = Date.now() + idle; if (dialog.open) dialog.close(); };
  const renew = () => { extend(); tabs.postMessage("renewed"); };
  const stay = async () => {
    const answer = await fetch(dialog.dataset.stay, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (answer?.ok && !answer.redirected) renew();
    else location.replace(dialog.dataset.ended);
  };

  tabs.addEventListener("message", extend);
  tabs.postMessage("renewed");
  dialog.querySelector("[data-stay-button]").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });
  document.addEventListener("htmx:afterRequest", (event) => {
    // What a page asks for by itself is no sign of somebody sitting there.
    if (event.detail.successful && !event.detail.requestConfig.headers["X-Unattended"]) renew();
  });
  setInterval(() => {
    const rest = ends - Date.now();
    if (rest <= 0) location.replace(dialog.dataset.ended);
    else if (rest <= warn && !dialog.open) {
      document.dispatchEvent(new Event("avhopp:save"));
      if (!cover.classList.contains("app-cover--on")) dialog.showModal();
    }
    if (dialog.open) left.textContent = Math.max(1, Math.ceil(rest / 60000));
  }, 1000);
}
