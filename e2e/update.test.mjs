// Recording a status by pressing: in the personal chat step by step, in the channel on one card, and on the form.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Stage } from "./playground.mjs";

const TODAY = "2026-11-24";
let stage;

before(async () => {
  stage = await Stage.start({ today: TODAY });
});

after(() => stage?.stop());

test("pressed step by step it ends in a receipt, which takes it back", async () => {
  await stage.open("Personal Chat");
  await stage.cardAfter(0); // the welcome
  const card = await stage.ask("update DIG-05");
  await stage.press(card, "The whole action");
  await stage.shows(card, "How does it stand?");
  await stage.press(card, "running");
  await stage.shows(card, /Is this right/);
  await stage.screenshot("update-summary");
  await stage.press(card, "Record");
  await stage.shows(card, /Recorded for DIG-05/);
  await stage.screenshot("update-receipt");
  await stage.press(card, "Undo");
  await stage.shows(card, /was undone/);
  await stage.screenshot("update-undone");
});

test("in a channel one mention is enough, and its card ends as the receipt", async () => {
  await stage.open("IV-overleg");
  await stage.cardAfter(0); // the welcome
  const card = await stage.ask("VERK-03 is afgerond in Druten", { mention: "UVP" });
  await stage.shows(card, /Klopt dit/);
  await stage.press(card, "Vastleggen");
  await stage.shows(card, /Vastgelegd voor VERK-03/);
  await stage.screenshot("update-channel");
});

test("the form of an action's card is checked, then recorded", async () => {
  await stage.open("Personal Chat");
  const detail = await stage.ask("show me DIG-03");
  const shown = await stage.cards();
  await stage.press(detail, "Report a status");
  const form = await stage.cardAfter(shown);
  await stage.press(form, "Record");
  await stage.shows(form, "Without a status I cannot record anything"); // the client itself says so
  await form.getByRole("combobox").first().click();
  await stage.page.getByRole("option", { name: "running" }).click();
  await form.locator("textarea").first().fill("eerste scholen doen mee, zie https://example.org/scholen");
  await stage.screenshot("update-form");
  await stage.press(form, "Record");
  await stage.shows(form, /Recorded for DIG-03/);
  assert.match(await form.innerText(), /eerste scholen doen mee, zie https:\/\/example\.org\/scholen/);
  await stage.screenshot("update-link");
});
