/* A classic script at the top of <body>: says before anything is painted that scripts run, so nothing jumps. */
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
