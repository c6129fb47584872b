/* Offers: the switch that makes every new version wait for a yes, and no to one of them. */
((clipbot) => {
  const { state } = clipbot;

  /** Brings the switch in the head of the versions to life. */
  clipbot.offers = (root, host) => {
    const input = root.querySelector(".ask-first input");

    input.addEventListener("change", async () => {
      const wanted = input.checked;
      input.disabled = true;
      try {
        await clipbot.call(host.server.ask_first, { job: state.jobId, first: wanted });
        clipbot.toast(wanted ? "Every new version waits until you use it." : "New versions that show what was asked enter the film again.");
        await clipbot.reload();
      } catch (error) {
        input.checked = !wanted;
        clipbot.toast(error.message, "bad");
      } finally {
        input.disabled = !state.job?.isEditable;
      }
    });
    clipbot.watch("job", (job) => {
      input.checked = Boolean(job?.offersFirst);
      input.disabled = !job?.isEditable;
    });

    clipbot.dropVersion = async (index, version, button) => {
      button.disabled = true;
      try {
        await clipbot.call(host.server.drop_offer, { job: state.jobId, clip: index, version: version.number });
        clipbot.toast(`Version ${version.number} of clip ${index + 1} is dropped. It stays in the list.`);
        await clipbot.reload();
      } catch (error) {
        button.disabled = false;
        clipbot.toast(error.message, "bad");
      }
    };
  };
})(window.clipbot);
