// What a newcomer does first: ask what is due, look at the card, unfold what is late, open an action.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Stage, visibleCodes } from "./playground.mjs";

const TODAY = "2026-11-24";
const QUESTION = "what is due this quarter for digitale veiligheid";
const DUE = ["DIG-02", "DIG-03", "DIG-04", "DIG-06", "DIG-07"];
let stage;

before(async () => {
  stage = await Stage.start({ today: TODAY });
});

after(() => stage?.stop());

test("the personal chat begins with a welcome whose buttons ask", async () => {
  await stage.open("Personal Chat");
  const welcome = await stage.cardAfter(0);
  await stage.screenshot("welcome");

  await stage.press(welcome, "What is overdue?");
  const answer = await stage.cardAfter(1);
  await stage.shows(answer, /^Overdue/);
  assert.notDeepEqual(await visibleCodes(answer), []);
});

test("the mission's question shows the five actions that are due and unfolds the one that is late", async () => {
  await stage.open("Personal Chat");
  const card = await stage.ask(QUESTION);
  await stage.shows(card, "DIG-07");
  await stage.screenshot("mission");
  assert.deepEqual(await visibleCodes(card), DUE);

  await stage.press(card, /overdue/i);
  await stage.shows(card, "DIG-05");
  await stage.screenshot("mission-unfolded");
});

test("a press on an action in an answer opens it", async () => {
  await stage.open("Personal Chat");
  const card = await stage.ask(QUESTION);
  const shown = await stage.cards();

  await stage.press(card, /DIG-03/);
  const detail = await stage.cardAfter(shown);
  await stage.shows(detail, /Hackshield/);
  await stage.screenshot("detail");
  assert.equal((await visibleCodes(detail))[0], "DIG-03");
});

test("in a channel the bot answers under the post that mentions it", async () => {
  await stage.open("IV-overleg");
  await stage.cardAfter(0); // the welcome
  const card = await stage.ask(QUESTION, { mention: "UVP" });
  await stage.shows(card, "DIG-07");
  await stage.screenshot("channel");
  assert.deepEqual(await visibleCodes(card), DUE);
});
