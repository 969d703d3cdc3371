using System.Globalization;

namespace NSft.Client.Quickstart.Report;

/// <summary>How numbers are written in the table on the console and in the report.</summary>
internal static class ReportNumbers
{
    private const double BytesPerMebibyte = 1024 * 1024;

    /// <summary>A fraction of 1 as a percentage with one decimal, without the sign.</summary>
    public static string Percent(double fraction) => (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>Bytes in MiB.</summary>
    public static string Mebibytes(long? bytes) =>
        bytes is long value ? (value / BytesPerMebibyte).ToString("0", CultureInfo.InvariantCulture) + " MiB" : "-";

    /// <summary>Seconds; a dash for no time at all.</summary>
    public static string Seconds(TimeSpan time) =>
        time == TimeSpan.Zero ? "-" : time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    /// <summary>A learning rate; a dash for none.</summary>
    public static string Rate(double? rate) => rate?.ToString("0.######e-0", CultureInfo.InvariantCulture) ?? "-";
}
