using System.Runtime.InteropServices;

namespace Anneal.Notebooks;

/// <summary>What .NET does not tell of files on Linux; elsewhere it is not known.</summary>
internal static partial class UnixFile
{
    const int CurrentFolder = -100, BasicFields = 0x7ff;
    const uint ExchangeFlag = 2;
    const int TypeMask = 0xf000, Regular = 0x8000;

    /// <param name="User">The owner's number.</param>
    /// <param name="Group">The group's number.</param>
    /// <param name="Links">How many names the file has.</param>
    /// <param name="IsRegular">Whether it is a file with bytes in it, not a device or a pipe.</param>
    public readonly record struct FileStatus(uint User, uint Group, uint Links, bool IsRegular);

    /// <summary>Null where it cannot be found out.</summary>
    public static FileStatus? Status(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return ReadStatus(CurrentFolder, path, 0, BasicFields, out var status) == 0
                ? new(status.User, status.Group, status.Links, (status.Mode & TypeMask) == Regular)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    public static bool ChangeOwner(string path, uint user, uint group) => SetOwner(path, user, group) == 0;

    /// <summary>Lets two files change places in one step; false where the file system cannot.</summary>
    public static bool Exchange(string a, string b)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return Rename(CurrentFolder, a, CurrentFolder, b, ExchangeFlag) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>The kernel's struct statx, the same on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    struct KernelStatus
    {
        [FieldOffset(16)] public uint Links;
        [FieldOffset(20)] public uint User;
        [FieldOffset(24)] public uint Group;
        [FieldOffset(28)] public ushort Mode;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ReadStatus(int folder, string path, int flags, uint mask, out KernelStatus status);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int folderA, string a, int folderB, string b, uint flags);
}
