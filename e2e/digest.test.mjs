// The weekly digest in a channel: switched on by a mention, previewed in private, and posted for everybody.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { Stage, visibleCodes } from "./playground.mjs";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const TODAY = "2026-11-24";
let stage;

before(async () => {
  stage = await Stage.start({ today: TODAY });
});

after(() => stage?.stop());

test("switched on in the channel it says when it comes next", async () => {
  await stage.open("IV-overleg");
  await stage.cardAfter(0); // the welcome
  const setting = await stage.ask("weekoverzicht aan", { mention: "UVP" });
  await stage.shows(setting, /maandag 30 november 2026 om 09:00/);
  await stage.screenshot("digest-setting");
});

test("let go out, it arrives in the channel as a post of its own with its numbers and what is late", async () => {
  await stage.open("IV-overleg");
  const shown = await stage.cards();
  const sent = await app("digest", "--send", "--week", "2026-W48");
  assert.match(sent, /planned/);

  const digest = await stage.cardAfter(shown);
  await stage.shows(digest, /Weekoverzicht week 48/);
  await stage.shows(digest, /18 te laat/);
  await stage.screenshot("digest");
  assert.equal((await visibleCodes(digest))[0], "ZORG-05");
});

test("its button opens the form under it, and what is reported there is recorded", async () => {
  await stage.open("IV-overleg");
  const shown = await stage.cards();
  const digest = await stage.cardAfter(0);
  await stage.press(digest, "ZORG-05 bijwerken");
  await stage.page.locator(".ac-adaptiveCard").nth(shown).waitFor();
  const form = stage.page.locator(".ac-adaptiveCard", { has: stage.page.getByRole("combobox") }).first();
  await form.getByRole("combobox").first().click();
  await stage.page.getByRole("option", { name: /running|loopt/ }).click();
  await form.locator("textarea").first().fill("de aftrap is gepland");
  await stage.press(form, /Record|Vastleggen/);
  await stage.page.getByText(/(Recorded|Vastgelegd) (for|voor) ZORG-05/).first().waitFor();
  await stage.screenshot("digest-update");
  assert.match(await app("digest", "--week", "2026-W49"), /ZORG-05 .*“de aftrap is gepland”/);
});

test("let go out once more, it is left as it is", async () => {
  assert.match(await app("digest", "--send", "--week", "2026-W48"), /left as it is/);
});

/** What the command line prints over the database of the stage. */
async function app(...command) {
  const database = `sqlite:///${path.join(stage.folder, "uvp.db")}`;
  const options = [`--db=${database}`, `--today=${TODAY}`];
  const { stdout } = await promisify(execFile)(
    path.join(ROOT, ".venv", "bin", "python"),
    ["app.py", ...command, ...options],
    { cwd: ROOT },
  );
  return stdout;
}
