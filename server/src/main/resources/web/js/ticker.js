// Worker: timers of a hidden page are slowed down, those of a worker are not.

let timer = null;

onmessage = ({ data: framesPerSecond }) => {
  clearInterval(timer);
  timer = setInterval(() => postMessage(null), 1000 / framesPerSecond);
};
