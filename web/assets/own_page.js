// The child's own sheet: a drawing board and a recorder. What they make goes with the form like any other file.
const put = (input, blob, name) => {
  const files = new DataTransfer();
  if (blob) files.items.add(new File([blob], name, { type: blob.type }));
  input.files = files.files;
};
const element = (id) => document.getElementById(id);

function board() {
  const canvas = element("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) return;
  element("board").hidden = false;
  // Each line is kept, so that the last one can be taken back.
  let lines = [];
  let line = null;
  const paint = () => document.querySelector("[data-paint]:checked").value;
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  };
  const blank = () => {
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
  };
  const draw = ({ colour, width, points }) => {
    pen.strokeStyle = colour;
    pen.fillStyle = colour;
    pen.lineWidth = width;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.beginPath();
    if (points.length === 1) {
      pen.arc(...points[0], width / 2, 0, 2 * Math.PI);
      pen.fill();
      return;
    }
    points.forEach((point, index) => (index ? pen.lineTo(...point) : pen.moveTo(...point)));
    pen.stroke();
  };
  const show = () => {
    blank();
    lines.forEach(draw);
    element("undo").disabled = element("clear").disabled = !lines.length;
  };
  const keep = () => {
    if (!lines.length) return put(element("drawing-file"), null);
    canvas.toBlob((blob) => put(element("drawing-file"), blob, "tegning.png"), "image/png");
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    line = { colour: paint(), width: element("thick").checked ? 28 : 9, points: [place(event)] };
    lines.push(line);
    show();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!line) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    line.points.push(...(moves.length ? moves : [event]).map(place));
    draw({ ...line, points: line.points.slice(-1 - Math.max(moves.length, 1)) });
  });
  const end = () => {
    if (!line) return;
    line = null;
    keep();
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  const change = (next) => {
    lines = next;
    show();
    keep();
  };
  element("undo").addEventListener("click", () => change(lines.slice(0, -1)));
  element("clear").addEventListener("click", () => change([]));
  show();
}

function recorder() {
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return;
  element("voice").hidden = false;
  const [record, listen, forget, reads, status] = ["record", "listen", "forget", "reads", "voice-status"].map(element);
  const start = record.textContent;
  let running = null;
  const has = (blob) => {
    put(element("voice-file"), blob, blob?.type.includes("mp4") ? "stemme.m4a" : "stemme.webm");
    if (listen.src) URL.revokeObjectURL(listen.src);
    if (blob) listen.src = URL.createObjectURL(blob);
    listen.hidden = forget.hidden = reads.hidden = !blob;
  };
  record.addEventListener("click", async () => {
    if (running) return running.stop();
    try {
      const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
      const pieces = [];
      running = new MediaRecorder(sound);
      running.addEventListener("dataavailable", ({ data }) => pieces.push(data));
      running.addEventListener("stop", () => {
        sound.getTracks().forEach((track) => track.stop());
        has(new Blob(pieces, { type: running.mimeType }));
        running = null;
        record.textContent = start;
        status.textContent = "";
      });
      running.start();
      record.textContent = record.dataset.stop;
      status.textContent = status.dataset.recording;
    } catch {
      status.textContent = status.dataset.denied;
    }
  });
  forget.addEventListener("click", () => has(null));
}

board();
recorder();
