using System.Net;

namespace NSft.Client.Quickstart.Report;

/// <summary>Text for a page.</summary>
internal static class Html
{
    /// <summary>Text with the characters of markup escaped.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);
}
