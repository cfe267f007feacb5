// Bodies of every request and response, by the names `crates/shell/wire` gives them. The types
// are generated from the server's own OpenAPI document (`wire.gen.ts`); only points of a line are
// narrowed here, because the document cannot say "two numbers".
// Moments are UTC milliseconds (`…_at`), distances metres, geometries `[lon, lat]`.

import type { components } from './wire.gen';

type Schemas = components['schemas'];

export type Bilingual = Schemas['Bilingual'];
export type LatLon = Schemas['LatLon'];
export type City = Schemas['City'];
export type PlaceKind = Schemas['PlaceKind'];
export type Place = Schemas['Place'];
export type Places = Schemas['Places'];
export type OptionName = Schemas['OptionName'];
export type Readiness = Schemas['Readiness'];
export type HavenForCitizen = Schemas['HavenForCitizen'];
export type Havens = Schemas['Havens'];
export type StaffForTill = Schemas['StaffForTill'];
export type TillScreen = Schemas['TillScreen'];
export type Grade = Schemas['Grade'];
export type LocationSource = Schemas['LocationSource'];
export type LocationCandidate = Schemas['LocationCandidate'];
export type Raise = Schemas['Raise'];
export type ForSender = Schemas['ForSender'];
export type Raised = Schemas['Raised'];
export type Outcome = Schemas['Outcome'];
export type RaisedBy = Schemas['RaisedBy'];
export type AlarmForDesk = Schemas['AlarmForDesk'];
export type ServesNowKind = Schemas['ServesNowKind'];
export type ServesNow = Schemas['ServesNow'];
export type Home = Schemas['Home'];
export type Ask = Schemas['Ask'];
export type TakeCall = Schemas['TakeCall'];
export type WalkUp = Schemas['WalkUp'];
export type Stage = Schemas['Stage'];
export type Rung = Schemas['Rung'];
export type Escalation = Schemas['Escalation'];
export type Eta = Schemas['Eta'];
export type WhoComes = Schemas['WhoComes'];
export type ForRequester = Schemas['ForRequester'];
export type Asked = Schemas['Asked'];
export type ForTeam = Schemas['ForTeam'];
export type DeclineReason = Schemas['DeclineReason'];
export type CancelReason = Schemas['CancelReason'];
export type StandDownReason = Schemas['StandDownReason'];
export type Candidate = Schemas['Candidate'];
export type Candidates = Schemas['Candidates'];
export type Channel = Schemas['Channel'];
export type Happened = Schemas['Happened'];
export type ForDesk = Schemas['ForDesk'];
export type Duty = Schemas['Duty'];
export type TeamScreen = Schemas['TeamScreen'];
export type AlarmItem = Schemas['AlarmItem'];
export type WalkItem = Schemas['WalkItem'];
export type TeamItem = Schemas['TeamItem'];
export type Board = Schemas['Board'];
export type BoardChange = Schemas['BoardChange'];
export type Neighbor = Schemas['Neighbor'];
export type Handover = Schemas['Handover'];
export type CityBoard = Schemas['CityBoard'];
export type DistrictRow = Schemas['DistrictRow'];
export type Role = Schemas['Role'];
export type Session = Schemas['Session'];
export type Enrolling = Schemas['Enrolling'];
export type PasskeyStarted = Schemas['PasskeyStarted'];
export type DemoClock = Schemas['DemoClock'];
export type DemoPart = Schemas['DemoPart'];
export type DemoNight = Schemas['DemoNight'];
export type ProblemBody = Schemas['Problem'];
export type RouteOption = Omit<Schemas['RouteOption'], 'geometry'> & { geometry: [number, number][] };
export type RouteOptions = Omit<Schemas['RouteOptions'], 'options'> & { options: RouteOption[] };
