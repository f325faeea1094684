/* Builds everything the pages load into dist/: compiled style sheets, their images, our scripts and the few GOV.UK
   modules they import. Refuses brand colours that cannot be read. It reaches no network and writes only to dist/. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const GOVUK = "node_modules/govuk-frontend/dist/govuk/components";
const MODULES = ["button", "character-count", "checkboxes", "error-summary", "password-input", "radios", "skip-link"];
const IMAGES = "node_modules/@ministryofjustice/frontend/moj/assets/images";

// [colour, colour it stands on, least contrast]: WCAG 2.2 1.4.3, https://www.w3.org/TR/WCAG22/#contrast-minimum
const LEGIBLE = [
  ["#fff", "--brand-header", 4.5], ["#fff", "--brand-fill", 4.5], ["#fff", "--brand-fill-hover", 4.5],
  ["--brand-ink", "#fff", 4.5], ["--brand-ink", "--brand-tint", 4.5],
  ["#fff", "--brand-dark-header", 4.5], ["#fff", "--brand-dark-fill", 4.5], ["#fff", "--brand-dark-fill-hover", 4.5],
  ["--brand-dark-ink", "#172225", 4.5], ["--brand-dark-ink", "--brand-dark-tint", 4.5],
  ["--brand-accent", "--brand-header", 3], ["--brand-dark-accent", "--brand-dark-header", 3],
];

function luminance(hex) {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(full.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function refuseIllegibleBrand(css) {
  const value = (name) => (name.startsWith("#") ? name : css.match(new RegExp(`${name}:\\s*(#[0-9a-f]{3,6});`, "i"))[1]);
  for (const [ink, paper, least] of LEGIBLE) {
    const [dark, light] = [luminance(value(ink)), luminance(value(paper))].sort((a, b) => a - b);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < least) throw new Error(`brand.css: ${ink} on ${paper} is ${contrast.toFixed(2)}:1, needs ${least}:1.`);
  }
}

rmSync(here("dist"), { recursive: true, force: true });
for (const folder of ["css", "js/govuk", "images"]) mkdirSync(here(`dist/${folder}`), { recursive: true });

for (const sheet of ["govuk", "moj", "app"]) {
  const { css } = sass.compile(here(`scss/${sheet}.scss`), { style: "compressed", quietDeps: true, loadPaths: [here(".")] });
  for (const [, image] of css.matchAll(/url\(\.\.\/images\/([\w.-]+)\)/g)) {
    copyFileSync(here(`${IMAGES}/${image}`), here(`dist/images/${image}`));
  }
  writeFileSync(here(`dist/css/${sheet}.css`), css);
}

const brand = readFileSync(here("brand.css"), "utf8");
refuseIllegibleBrand(brand);
writeFileSync(here("dist/css/brand.css"), brand);

const withoutMap = (text) => text.replace(/^\/\/# sourceMappingURL=.*$/gm, "");
for (const name of MODULES) {
  const source = readFileSync(here(`${GOVUK}/${name}/${name}.bundle.mjs`), "utf8");
  writeFileSync(here(`dist/js/govuk/${name}.mjs`), withoutMap(source));
}
for (const script of readdirSync(here("js"))) copyFileSync(here(`js/${script}`), here(`dist/js/${basename(script)}`));
copyFileSync(here("mark.svg"), here("dist/images/mark.svg"));
