extension Heatmap {
  /// A page that shows the text coloured by one unit at a time: choose it from a list or with the arrow keys. It needs
  /// nothing from anywhere else.
  public var html: String {
    let options = rows.enumerated().map { "<option value=\"\($0)\">\(Markup.escaped($1.name))</option>" }
    let cells = lines.map { line in
      line.map { place -> String in
        let shown = Markup.escaped(Self.shown(characters[place]))
        return "<span>\(shown == " " ? "&nbsp;" : shown)</span>"
      }.joined()
    }
    // A value is a whole number of hundredths.
    let values = rows.map { row in
      "[" + row.values.map { String(Int(($0 * 100).rounded())) }.joined(separator: ",") + "]"
    }
    return Markup.page(
      title: title,
      style: """
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; max-width: 75rem; }
        #text { font: 15px/1.6 monospace; white-space: pre; overflow-x: auto; }
        #text span { color: #000; background: #fff; }
        #value { min-height: 1.5em; }
        """,
      body: """
        <p><label>Unit <select id="unit">\(options.joined())</select></label>
        Red says 1, white 0, blue &minus;1; a character shows what the unit says after reading it.</p>
        <p id="value" role="status"></p>
        <div id="text" tabindex="0" aria-label="The tune, coloured by the unit">\(cells.joined(separator: "<br>"))</div>
        <script>
        "use strict";
        const values = [\(values.joined(separator: ","))];
        const select = document.getElementById("unit");
        const cells = [...document.querySelectorAll("#text span")];
        const status = document.getElementById("value");
        function color(value) {
          const strength = Math.abs(value), end = value < 0 ? [33, 102, 172] : [178, 24, 43];
          return "rgb(" + end.map(e => Math.round(255 + (e - 255) * strength)).join(",") + ")";
        }
        function show() {
          const row = values[select.value];
          cells.forEach((cell, i) => {
            const value = row[i] / 100;
            cell.style.background = color(value);
            cell.style.color = Math.abs(value) > 0.6 ? "#fff" : "#000";
          });
        }
        select.addEventListener("change", show);
        document.getElementById("text").addEventListener("mouseover", event => {
          const i = cells.indexOf(event.target);
          if (i >= 0) status.textContent = "character " + (i + 1) + ": " + (values[select.value][i] / 100).toFixed(2);
        });
        show();
        </script>
        """)
  }
}
