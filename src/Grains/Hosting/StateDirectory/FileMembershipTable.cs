using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace NSft.Grains.Hosting.StateDirectory;

/// <summary>A cluster's membership table in a directory that its silos share.</summary>
/// <param name="options">The directory.</param>
/// <param name="time">Tells how old files are.</param>
internal sealed class FileMembershipTable(IOptions<StateDirectoryOptions> options, TimeProvider time) : IMembershipTable
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    private readonly string _directory = Path.Combine(options.Value.Path, "members");
    private readonly VersionedFile _file = new(Path.Combine(options.Value.Path, "members"), "members", time);

    /// <inheritdoc/>
    public Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        Directory.CreateDirectory(_directory);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntries(string clusterId) => ReplaceAsync(_ => []);

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => ReplaceAsync(rows =>
        [.. rows.Where(row => row.Status != SiloStatus.Dead || Latest(row) >= beforeDate.UtcDateTime)]);

    /// <inheritdoc/>
    public async Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        var all = await ReadAll();
        return all.TryGet(key) is { } row ? new MembershipTableData(row, all.Version) : new MembershipTableData(all.Version);
    }

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadAll()
    {
        var newest = _file.ReadNewest();
        List<Tuple<MembershipEntry, string>> rows = [.. RowsOf(newest).Select(row => Tuple.Create(WithAliveTime(row.ToEntry()), row.Etag))];
        return Task.FromResult(new MembershipTableData(rows, VersionOf(newest)));
    }

    /// <inheritdoc/>
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var row = MemberRow.From(entry, tableVersion.Version);
        return Task.FromResult(TryChange(tableVersion, rows => rows.Exists(one => one.Silo == row.Silo) ? null : [.. rows, row]));
    }

    /// <inheritdoc/>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var row = MemberRow.From(entry, tableVersion.Version);
        return Task.FromResult(TryChange(tableVersion, rows => rows.Exists(one => one.Silo == row.Silo && one.Etag == etag)
            ? [.. rows.Select(one => one.Silo == row.Silo ? row : one)]
            : null));
    }

    /// <inheritdoc/>
    public async Task UpdateIAmAlive(MembershipEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var path = AlivePath(entry.SiloAddress);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        await File.WriteAllTextAsync(temporary, entry.IAmAliveTime.ToString("O", CultureInfo.InvariantCulture));
        File.Move(temporary, path, overwrite: true);
    }

    private static List<MemberRow> RowsOf(FileVersion? version) =>
        version is null ? [] : JsonSerializer.Deserialize<List<MemberRow>>(version.Body, Json) ?? [];

    private static TableVersion VersionOf(FileVersion? version) => new(version?.Number ?? 0, version?.Id ?? "0");

    private static DateTime Latest(MemberRow row) => row.AliveTime > row.StartTime ? row.AliveTime : row.StartTime;

    private bool TryChange(TableVersion wanted, Func<List<MemberRow>, List<MemberRow>?> change)
    {
        var newest = _file.ReadNewest();
        var version = VersionOf(newest);
        return version.Version + 1 == wanted.Version && version.VersionEtag == wanted.VersionEtag
            && change(RowsOf(newest)) is { } rows
            && _file.TryPublish(newest, JsonSerializer.SerializeToUtf8Bytes(rows, Json)) is not null;
    }

    private async Task ReplaceAsync(Func<List<MemberRow>, List<MemberRow>> change)
    {
        while (true)
        {
            var newest = _file.ReadNewest();
            var rows = RowsOf(newest);
            var kept = change(rows);
            if (kept.Count == rows.Count)
            {
                return;
            }

            if (_file.TryPublish(newest, JsonSerializer.SerializeToUtf8Bytes(kept, Json)) is not null)
            {
                foreach (var gone in rows.Except(kept))
                {
                    File.Delete(AlivePath(SiloAddress.FromParsableString(gone.Silo)));
                }

                return;
            }

            await Task.Yield();
        }
    }

    private MembershipEntry WithAliveTime(MembershipEntry entry)
    {
        if (entry.Status != SiloStatus.Dead && TryReadAliveTime(entry.SiloAddress) is { } alive && alive > entry.IAmAliveTime)
        {
            entry.IAmAliveTime = alive;
        }

        return entry;
    }

    private DateTime? TryReadAliveTime(SiloAddress silo)
    {
        try
        {
            return DateTime.Parse(File.ReadAllText(AlivePath(silo)), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private string AlivePath(SiloAddress silo) =>
        Path.Combine(_directory, $"alive-{silo.Endpoint.Port.ToString(CultureInfo.InvariantCulture)}-{silo.Generation.ToString(CultureInfo.InvariantCulture)}");
}
