// Loaded before the Playground with `node --require`: it has no setting for the address it listens on and would take
// all of them, which puts an unauthenticated test client in reach of the whole network.
"use strict";

const net = require("node:net");

const HOST = "127.0.0.1";
const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function listenOnLoopback(first, ...rest) {
  const options = first !== null && typeof first === "object" ? { ...first, host: HOST } : { port: first, host: HOST };
  return listen.call(this, options, ...rest.filter((argument) => typeof argument === "function"));
};
