/* How far two playing pictures are apart, measured by the frames that were really shown.
 *
 * Each time one of the videos presents a frame, its media time is compared with where the
 * other one was by then: its last frame's media time, moved on by the time since that was
 * shown. What remains is drift, in seconds; half of what a screen's refresh takes is noise. */
((clipbot) => {
  const MOST = 1200, STALE = 250;

  clipbot.meter = ([first, second]) => {
    const shown = new Map();
    let readings = [], speed = 1, isOn = false;

    function watch(video) {
      if (!video.requestVideoFrameCallback) return; // then there is nothing to measure by
      const look = (_, frame) => {
        shown.set(video, { at: frame.expectedDisplayTime, media: frame.mediaTime });
        if (isOn && !first.ended && !second.ended) note();
        video.requestVideoFrameCallback(look);
      };
      video.requestVideoFrameCallback(look);
    }
    function note() {
      const one = shown.get(first), two = shown.get(second);
      if (!one || !two || Math.abs(two.at - one.at) > STALE) return;
      const drift = two.media - one.media - ((two.at - one.at) / 1000) * speed;
      readings.push({ drift, clock: second.currentTime - first.currentTime });
      if (readings.length > MOST) readings = readings.slice(-MOST / 2);
    }
    watch(first);
    watch(second);

    const spread = (values) => {
      const sorted = values.map(Math.abs).sort((one, two) => one - two);
      const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
      return { median: at(0.5), most: at(0.95), worst: at(1) };
    };
    return {
      begin(rate) { speed = rate; isOn = true; shown.clear(); },
      end() { isOn = false; },
      forget() { readings = []; },
      /** {frames, median, most, worst, clock}, in seconds; `clock` is of the players' clocks. */
      read() {
        return { frames: readings.length, ...spread(readings.map((each) => each.drift)), clock: spread(readings.map((each) => each.clock)) };
      },
    };
  };
})(window.clipbot);
