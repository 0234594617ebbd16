// The bot and the Playground as `make run` starts them, driven by a headless browser as a person would.
//
//   const stage = await Stage.start({ today: "2026-11-24" });
//   await stage.open("Personal Chat");
//   const card = await stage.ask("what is overdue?");
//   await stage.press(card, "Next 5");
//   await stage.stop();

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(HERE);
const ARTIFACTS = path.join(HERE, "artifacts");
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const WAIT = 20_000;
const CARD = ".ac-adaptiveCard";
const LOCAL = new Set(["127.0.0.1", "localhost"]);

export class Stage {
  /** Starts everything on free ports over a fresh database that holds the plan; `today` is the day it is. */
  static async start({ today }) {
    const folder = await mkdtemp(path.join(tmpdir(), "uvp-e2e-"));
    const stage = new Stage(folder, run(folder, today));
    try {
      stage.browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox"] });
      stage.page = await openPage(stage.browser, await address(stage.program));
    } catch (error) {
      await stage.stop();
      throw error;
    }
    return stage;
  }

  constructor(folder, program) {
    this.folder = folder;
    this.program = program;
  }

  /** Goes to a chat or channel by the name in the list on the left, and waits until it can be written in. */
  async open(place) {
    const item = this.page.getByRole("treeitem", { name: place });
    await item.click();
    this.channel = (await item.getAttribute("aria-label")).includes(" - ");
    await this.page.getByRole("button", { name: this.channel ? "Post" : "Send Message" }).waitFor();
  }

  /** Writes in the open place; outside the personal chat it has to `mention` the bot. A channel gets a new post. */
  async say(text, { mention = null } = {}) {
    await this.page.getByRole("textbox").first().click();
    if (mention) {
      await this.page.keyboard.type(`@${mention}`);
      await this.page.getByRole("menuitem", { name: mention }).click();
    }
    await this.page.keyboard.type(mention ? ` ${text}` : text);
    await this.page.getByRole("button", { name: this.channel ? "Post" : "Send Message" }).first().click();
  }

  /** Says it and waits for the card that answers; `options` as for `say`. */
  async ask(text, options) {
    const before = await this.cards();
    await this.say(text, options);
    return this.cardAfter(before);
  }

  /** How many cards the open place shows. */
  async cards() {
    return this.page.locator(CARD).count();
  }

  /** The newest card, once there are more than `count`. In a channel the newest post stands on top. */
  async cardAfter(count) {
    const cards = this.page.locator(CARD);
    await cards.nth(count).waitFor({ timeout: WAIT });
    return this.channel ? cards.first() : cards.nth(count);
  }

  /** Presses a button, or anything else that acts like one, by (part of) its words. */
  async press(card, words) {
    await card.getByRole("button", { name: words }).first().click();
  }

  /** Waits until the card shows this. */
  async shows(card, words) {
    await card.getByText(words).first().waitFor({ timeout: WAIT });
  }

  /** Keeps a picture under e2e/artifacts/. */
  async screenshot(name) {
    await mkdir(ARTIFACTS, { recursive: true });
    await this.page.screenshot({ path: path.join(ARTIFACTS, `${name}.png`) });
  }

  /** Ends all of it; a program that does not end by itself is an error. */
  async stop() {
    await this.browser?.close();
    const status = await ended(this.program);
    await rm(this.folder, { recursive: true, force: true });
    if (status !== 0) throw new Error(`playground/run.py ended with ${status}:\n${this.program.output}`);
  }
}

/** The codes of actions that a person sees on a card, in order and each once; what is folded away is not seen. */
export async function visibleCodes(card) {
  return [...new Set((await card.innerText()).match(/\b[A-Z]{3,4}-\d{2}\b/g) ?? [])];
}

function run(folder, today) {
  const database = `sqlite+aiosqlite:///${path.join(folder, "uvp.db")}`;
  const script = ["playground/run.py", "--port=0", "--playground-port=0", `--db=${database}`, `--today=${today}`];
  const program = spawn(path.join(ROOT, ".venv", "bin", "python"), ["-u", ...script], { cwd: ROOT });
  program.output = "";
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding("utf-8").on("data", (text) => (program.output += text));
  }
  program.done = new Promise((resolve) => program.on("close", (code, signal) => resolve(code ?? signal)));
  process.once("exit", () => program.kill("SIGTERM")); // also when a test breaks before it could stop the stage
  return program;
}

/** Where the Playground is, once the program says so. */
async function address(program) {
  const said = new Promise((resolve) => {
    const look = () => {
      const match = /Open (http:\S+)/.exec(program.output);
      if (match) resolve(match[1]);
    };
    program.stdout.on("data", look);
  });
  const failed = program.done.then((status) => {
    throw new Error(`playground/run.py ended with ${status}:\n${program.output}`);
  });
  return Promise.race([said, failed]);
}

async function ended(program) {
  program.kill("SIGTERM");
  return program.done;
}

function browserPath() {
  const found = BROWSERS.find((candidate) => existsSync(candidate));
  if (!found) throw new Error("Chromium was not found; on Debian: apt install chromium");
  return found;
}

/** A page, wide enough for the list of chats, that reaches this machine only: the Playground asks for fonts elsewhere, and a test needs no network. */
async function openPage(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  await page.route("**/*", (route) => {
    const target = new URL(route.request().url());
    const local = LOCAL.has(target.hostname) || ["data:", "blob:"].includes(target.protocol);
    return local ? route.continue() : route.abort();
  });
  await page.goto(url);
  return page;
}
