// What a newcomer does first: ask in the personal chat what is due, look at the card and unfold what is late.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Stage, visibleCodes } from "./playground.mjs";

const TODAY = "2026-11-24";
let stage;

before(async () => {
  stage = await Stage.start({ today: TODAY });
});

after(() => stage?.stop());

test("the mission's question shows the five actions that are due and unfolds the one that is late", async () => {
  await stage.open("Personal Chat");
  await stage.cardAfter(0); // the welcome
  const card = await stage.ask("what is due this quarter for digitale veiligheid");

  await stage.shows(card, "DIG-07");
  await stage.screenshot("mission");
  assert.deepEqual(await visibleCodes(card), ["DIG-02", "DIG-03", "DIG-04", "DIG-06", "DIG-07"]);

  await stage.press(card, /overdue/i);
  await stage.shows(card, "DIG-05");
  await stage.screenshot("mission-unfolded");
});
