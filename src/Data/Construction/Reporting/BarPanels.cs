using System.Globalization;
using System.Text;

namespace NSft.Data.Construction.Reporting;

/// <summary>Bars of the counts of one set or two, in columns of panels.</summary>
internal static class BarPanels
{
    private const int Columns = 4;
    private const int Gap = 28;
    private const int LineHeight = 16;
    private const int RowGap = 8;
    private const int BarHeight = 11;
    private const int LabelWidth = 78;
    private const int NumberWidth = 52;

    /// <summary>Appends the panels.</summary>
    /// <returns>The lower edge.</returns>
    public static int Append(StringBuilder svg, SetReport[] sets, string[] colors, int left, int top, int width)
    {
        (string Title, Func<SetReport, IReadOnlyDictionary<string, int>> Counts)[] panels =
        [
            ("Errors by kind", set => set.ErrorsByKind),
            ("Turns by code", set => set.TurnsByCode),
            ("Turns by answer", set => set.TurnsByPolarity),
            ("Turns by reason", set => set.TurnsByKind),
        ];
        double panelWidth = (width - (Gap * (Columns - 1.0))) / Columns;
        int bottom = top;
        for (int index = 0; index < panels.Length; index++)
        {
            IReadOnlyDictionary<string, int>[] counts = [.. sets.Select(panels[index].Counts)];
            bottom = Math.Max(bottom, AppendPanel(svg, panels[index].Title, counts, colors, left + (index * (panelWidth + Gap)), top, panelWidth));
        }

        return bottom + Gap;
    }

    // Sets of different length are compared by shares; the numbers behind the bars are counts.
    private static int AppendPanel(StringBuilder svg, string title, IReadOnlyDictionary<string, int>[] counts, string[] colors, double left, int top, double width)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left:0.#}\" y=\"{top + 12}\" font-size=\"13\" font-weight=\"bold\" fill=\"#1c2026\">{title}</text>\n");
        int y = top + 24;
        double[] totals = [.. counts.Select(table => Math.Max(1.0, table.Values.Sum()))];
        string[] names = [.. counts.SelectMany(table => table.Keys).Distinct(StringComparer.Ordinal).OrderByDescending(name => counts[0].GetValueOrDefault(name)).ThenBy(name => name, StringComparer.Ordinal)];
        double most = counts.Select((table, set) => table.Values.DefaultIfEmpty(0).Max() / totals[set]).Max();
        double reach = width - LabelWidth - NumberWidth;
        foreach (string name in names)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + LabelWidth - 8:0.#}\" y=\"{y + (LineHeight * counts.Length / 2) + 2}\" font-size=\"12\" text-anchor=\"end\" fill=\"#3b424d\">{SetPicture.Escape(name)}</text>\n");
            for (int set = 0; set < counts.Length; set++)
            {
                int count = counts[set].GetValueOrDefault(name);
                double length = most == 0 ? 0 : reach * (count / totals[set]) / most;
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left + LabelWidth:0.#}\" y=\"{y}\" width=\"{length:0.##}\" height=\"{BarHeight}\" rx=\"2\" fill=\"{colors[set]}\"/>");
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + LabelWidth + length + 5:0.#}\" y=\"{y + 9}\" font-size=\"11\" fill=\"#3b424d\">{count}</text>\n");
                y += LineHeight;
            }

            y += RowGap;
        }

        return y;
    }
}
