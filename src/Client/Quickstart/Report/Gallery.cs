using System.Text;
using NSft.Evaluation.Chair;

namespace NSft.Client.Quickstart.Report;

/// <summary>A few images with what the model said before and after, invented objects marked.</summary>
internal static class Gallery
{
    private const int RepairedCount = 5;
    private const int RemainingCount = 1;

    /// <summary>The images worth showing: some that a method repaired, and one where it still invents, when there are such.</summary>
    public static IReadOnlyList<ChairImage> Choose(ChairAnnotations truth, MethodResult before, MethodResult after)
    {
        bool Invents(MethodResult row, ChairImage image) => truth.Vocabulary.Mentions(row.Captions[image.Image]).Any(kind => !image.Kinds.Contains(kind));
        List<ChairImage> repaired = [.. truth.Images.Where(image => Invents(before, image) && !Invents(after, image)).Take(RepairedCount)];
        return [.. repaired, .. truth.Images.Where(image => Invents(after, image)).Take(RemainingCount)];
    }

    /// <summary>The cards of the chosen images.</summary>
    public static string Render(ChairAnnotations truth, IReadOnlyList<ChairImage> images, IReadOnlyList<MethodResult> methods, string imageDirectory)
    {
        StringBuilder html = new("<div class=\"gallery\">");
        foreach (ChairImage image in images)
        {
            string path = Path.Combine(imageDirectory, image.Image);
            string kind = Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase) ? "png" : "jpeg";
            html.Append("<article class=\"panel scene\"><img alt=\"").Append(Html.Escape(image.Image))
                .Append("\" src=\"data:image/").Append(kind).Append(";base64,").Append(Convert.ToBase64String(File.ReadAllBytes(path))).Append("\"><dl>");
            foreach (MethodResult row in methods)
            {
                html.Append("<dt>").Append(Html.Escape(row.Title)).Append("</dt><dd>")
                    .Append(Mark(truth.Vocabulary, image, row.Captions[image.Image])).Append("</dd>");
            }

            html.Append("</dl></article>");
        }

        return html.Append("</div>").ToString();
    }

    /// <summary>A caption with the objects that are not in the image marked.</summary>
    internal static string Mark(ObjectVocabulary vocabulary, ChairImage image, string caption)
    {
        StringBuilder html = new();
        int done = 0;
        foreach (ObjectMention mention in vocabulary.FindMentions(caption).Where(mention => !image.Kinds.Contains(mention.Kind)))
        {
            html.Append(Html.Escape(caption[done..mention.Start])).Append("<mark>")
                .Append(Html.Escape(caption.Substring(mention.Start, mention.Length))).Append("</mark>");
            done = mention.Start + mention.Length;
        }

        return html.Append(Html.Escape(caption[done..])).ToString();
    }
}
