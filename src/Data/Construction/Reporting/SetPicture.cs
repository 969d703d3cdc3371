using System.Globalization;
using System.Net;
using System.Text;

namespace NSft.Data.Construction.Reporting;

/// <summary>Draws one set, or two side by side, as SVG: words by frequency, then bars of counts.</summary>
public static class SetPicture
{
    private const int Padding = 28;
    private const int HeaderHeight = 64;
    private const int CloudHeight = 380;
    private const int OneWidth = 900;
    private const int TwoWidth = 1320;
    private const int CloudWords = 60;
    private const int TitleHeight = 46;

    private static readonly string[] Colors = ["#1f5fa8", "#8a8f98"];

    /// <summary>The picture.</summary>
    /// <param name="report">The set.</param>
    /// <param name="against">The set to compare with, or null.</param>
    public static string Render(SetReport report, SetReport? against)
    {
        ArgumentNullException.ThrowIfNull(report);
        int width = against is null ? OneWidth : TwoWidth;
        SetReport[] sets = against is null ? [report] : [report, against];
        string[] names = Names(sets);
        StringBuilder body = new();
        int y = HeaderHeight;
        double cloudWidth = (width - (Padding * (sets.Length + 1.0))) / sets.Length;
        for (int index = 0; index < sets.Length; index++)
        {
            AppendCloud(body, sets[index], names[index], Colors[index], Padding + (index * (cloudWidth + Padding)), y, cloudWidth);
        }

        y += TitleHeight + CloudHeight + Padding;
        y = BarPanels.Append(body, sets, Colors, Padding, y, width - (2 * Padding));
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{y}\" viewBox=\"0 0 {width} {y}\" role=\"img\" font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>Corrective data: most frequent nouns and verbs, counts</title>\n<rect width=\"{width}\" height=\"{y}\" fill=\"#ffffff\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Padding}\" y=\"34\" font-size=\"20\" font-weight=\"bold\" fill=\"#1c2026\">Most frequent nouns and verbs of the corrective data</text>\n");
        AppendLegend(svg, width);
        return svg.Append(body).Append("</svg>\n").ToString();
    }

    /// <summary>A text with the characters of markup escaped.</summary>
    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    // Two files of one name are told apart by their folders.
    private static string[] Names(SetReport[] sets)
    {
        string[] names = [.. sets.Select(set => Path.GetFileName(set.Path))];
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : [.. sets.Select(set => set.Path)];
    }

    private static void AppendLegend(StringBuilder svg, int width)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{width - Padding}\" y=\"34\" font-size=\"14\" text-anchor=\"end\"><tspan fill=\"{WordColor(WordClass.Noun)}\" font-weight=\"bold\">nouns</tspan><tspan fill=\"#666d78\">  and  </tspan><tspan fill=\"{WordColor(WordClass.Verb)}\" font-weight=\"bold\">verbs</tspan></text>\n");
    }

    private static void AppendCloud(StringBuilder svg, SetReport set, string name, string color, double left, int top, double width)
    {
        string title = string.Create(CultureInfo.InvariantCulture, $"{set.RowCount:N0} conversations, {set.TurnCount:N0} turns, {set.YesShare:P0} answered yes");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left:0.#}\" y=\"{top}\" width=\"12\" height=\"12\" rx=\"2\" fill=\"{color}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + 18:0.#}\" y=\"{top + 11}\" font-size=\"14\" font-weight=\"bold\" fill=\"#1c2026\">{Escape(name)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + 18:0.#}\" y=\"{top + 29}\" font-size=\"12\" fill=\"#666d78\">{title}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left:0.#}\" y=\"{top + TitleHeight - 8}\" width=\"{width:0.#}\" height=\"{CloudHeight + 16}\" rx=\"6\" fill=\"#f6f7f9\"/>\n");
        IEnumerable<(WordCount, WordClass)> words =
        [
            .. set.Nouns.Take(CloudWords).Select(word => (word, WordClass.Noun)),
            .. set.Verbs.Take(CloudWords / 2).Select(word => (word, WordClass.Verb)),
        ];
        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({left + 8:0.#} {top + TitleHeight})\" font-weight=\"bold\">\n");
        foreach (PlacedWord word in WordCloudLayout.Place(words, width - 16, CloudHeight))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{word.Left:0.##}\" y=\"{word.Top + (word.Size * 0.78):0.##}\" font-size=\"{word.Size:0.##}\" textLength=\"{word.Width:0.##}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{WordColor(word.Class)}\">{Escape(word.Word)}<title>{Escape(word.Word)}: {word.Count}</title></text>\n");
        }

        svg.Append("</g>\n");
    }

    private static string WordColor(WordClass wordClass) => wordClass == WordClass.Noun ? "#1c3f6e" : "#b4530a";
}
